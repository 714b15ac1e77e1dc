package dev.echosounder.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * HAProxy as a reverse proxy in front of a Netty server. Seen of 2.6: once upgraded, only {@code
 * timeout tunnel} counts, in both directions; silence ends in a bare FIN.
 */
public final class HaProxy {
  private static final String NAME = "haproxy";

  private HaProxy() {}

  /**
   * Starts HAProxy in front of a Netty server of its own.
   *
   * @param tunnelTimeout silence in both directions after which it cuts; milliseconds count
   * @throws IllegalStateException if HAProxy is installed but didn't start
   */
  public static Start start(Duration tunnelTimeout) {
    return Proxied.start(
        NAME,
        NAME,
        (program, port, home, upstream) -> prepare(program, port, home, upstream, tunnelTimeout),
        (process, home) -> listens(home));
  }

  private static List<String> prepare(
      Path program, int port, Path home, URI upstream, Duration tunnelTimeout) throws IOException {
    String config =
        CONFIG
            .replace("PORT", Integer.toString(port))
            .replace("UPSTREAM", upstream.getAuthority())
            .replace("ALIVE", alive(home))
            .replace("TUNNEL_TIMEOUT", tunnelTimeout.toMillis() + "ms");
    Files.writeString(home.resolve("haproxy.cfg"), config);
    Files.writeString(home.resolve("port"), Integer.toString(port));
    return List.of(program.toString(), "-db", "-f", home.resolve("haproxy.cfg").toString());
  }

  /** A path that only this very program answers: the port could be somebody else's. */
  private static String alive(Path home) {
    return "/alive-" + home.getFileName();
  }

  private static boolean listens(Path home) {
    try {
      String port = Files.readString(home.resolve("port"));
      URI uri = URI.create("http://" + Loopback.HOST + ":" + port + alive(home));
      HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
      request.setConnectTimeout(1_000);
      request.setReadTimeout(1_000);
      int status = request.getResponseCode();
      request.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      // Not yet: whoever waits has a deadline.
      return false;
    }
  }

  private static final String CONFIG =
      """
      defaults
        mode http
        timeout connect 5s
        timeout client 30s
        timeout server 30s
        timeout tunnel TUNNEL_TIMEOUT
      frontend in
        bind 127.0.0.1:PORT
        monitor-uri ALIVE
        default_backend out
      backend out
        server netty UPSTREAM
      """;
}
