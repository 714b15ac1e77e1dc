package dev.echosounder.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Apache httpd as a reverse proxy in front of a Netty server, by mod_proxy_http's upgrade. Seen of
 * 2.4: once upgraded, a {@code ProxyTimeout} shorter than {@code Timeout} cuts nothing; both count
 * silence in both directions, which ends in a bare FIN.
 */
public final class Apache {
  private static final String NAME = "apache";
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

  private Apache() {}

  /**
   * Starts Apache httpd in front of a Netty server of its own.
   *
   * @param timeout both its timeouts: silence after which it cuts; whole seconds count
   * @throws IllegalStateException if it is installed but didn't start
   */
  public static Start start(Duration timeout) {
    if (!Files.isDirectory(MODULES)) {
      return new Start.Unavailable(NAME, "apache2 has no modules in " + MODULES);
    }
    return Proxied.start(
        NAME,
        "apache2",
        (program, port, home, upstream) -> prepare(program, port, home, upstream, timeout),
        (process, home) -> Files.exists(home.resolve("httpd.pid")));
  }

  private static List<String> prepare(
      Path program, int port, Path home, URI upstream, Duration timeout) throws IOException {
    String config =
        CONFIG
            .replace("PORT", Integer.toString(port))
            .replace("UPSTREAM", upstream.getAuthority())
            .replace("HOME", home.toString())
            .replace("MODULES", MODULES.toString())
            .replace("SECONDS", Long.toString(timeout.toSeconds()));
    Path file = home.resolve("httpd.conf");
    Files.writeString(file, config);
    return List.of(program.toString(), "-X", "-f", file.toString(), "-E", home + "/start.log");
  }

  /** One process, as for nginx; the user only counts if root started it. */
  private static final String CONFIG =
      """
      ServerRoot "HOME"
      DefaultRuntimeDir "HOME"
      PidFile "HOME/httpd.pid"
      ErrorLog "HOME/error.log"
      ServerName 127.0.0.1
      Listen 127.0.0.1:PORT
      User #65534
      Group #65534
      LoadModule mpm_event_module MODULES/mod_mpm_event.so
      LoadModule authz_core_module MODULES/mod_authz_core.so
      LoadModule proxy_module MODULES/mod_proxy.so
      LoadModule proxy_http_module MODULES/mod_proxy_http.so
      Timeout SECONDS
      ProxyTimeout SECONDS
      ProxyPass "/" "http://UPSTREAM/" upgrade=websocket
      """;
}
