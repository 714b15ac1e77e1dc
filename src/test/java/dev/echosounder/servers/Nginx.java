package dev.echosounder.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * nginx as a reverse proxy in front of a Netty server, with the usual WebSocket settings. Seen of
 * 1.22: every answer and every frame is Netty's, permessage-deflate included, but refusals keep the
 * connection alive and a body without length becomes chunked; silence ends in a bare FIN; when the
 * client half-closes TCP, both sides are cut without the echo.
 */
public final class Nginx {
  /** What nginx itself takes for {@code proxy_read_timeout} and {@code proxy_send_timeout}. */
  public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);

  private static final String NAME = "nginx";

  private Nginx() {}

  /**
   * Starts nginx in front of a Netty server of its own.
   *
   * @param readTimeout silence from the server, in either direction of the proxied connection,
   *     after which nginx cuts it; milliseconds count
   * @throws IllegalStateException if nginx is installed but didn't start
   */
  public static Start start(Duration readTimeout) {
    return start(CONFIG, readTimeout);
  }

  /**
   * The same for clients that read: one that takes nothing for {@code sendTimeout}, while there is
   * something to send, is cut. nginx itself takes 60 s. Seen of 1.22: FIN, when the client has read
   * what is in the kernel, in the middle of a frame.
   */
  public static Start startImpatient(Duration sendTimeout) {
    String line = "proxy_read_timeout READ_TIMEOUT;";
    String impatient = "send_timeout %dms;".formatted(sendTimeout.toMillis());
    return start(CONFIG.replace(line, line + " " + impatient), DEFAULT_READ_TIMEOUT);
  }

  /** The same speaking HTTP/2 in clear text, and nothing else; it knows no RFC 8441. */
  public static Start startHttp2() {
    return start(CONFIG.replace("PORT;", "PORT http2;"), DEFAULT_READ_TIMEOUT);
  }

  private static Start start(String config, Duration readTimeout) {
    return Proxied.start(
        NAME,
        NAME,
        (nginx, port, home, upstream) -> prepare(nginx, port, home, upstream, config, readTimeout),
        Nginx::listens);
  }

  /** The PID file appears once the listening socket is bound. */
  private static boolean listens(ChildProcess process, Path home) {
    return Files.exists(home.resolve("nginx.pid"));
  }

  private static List<String> prepare(
      Path nginx, int port, Path home, URI upstream, String template, Duration readTimeout)
      throws IOException {
    String config =
        template
            .replace("PORT", Integer.toString(port))
            .replace("UPSTREAM", upstream.getAuthority())
            .replace("READ_TIMEOUT", readTimeout.toMillis() + "ms");
    Files.writeString(home.resolve("nginx.conf"), config);
    return List.of(nginx.toString(), "-p", home + "/", "-c", "nginx.conf", "-e", "stderr");
  }

  /**
   * One process, in the foreground, as the user who started it: there is no worker to outlive its
   * master, and the {@code user} directive, which only root may use, isn't needed. Everything nginx
   * writes stays in its own directory.
   */
  private static final String CONFIG =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr warn;
      events {
        worker_connections 256;
      }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:PORT;
          location / {
            proxy_pass http://UPSTREAM;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout READ_TIMEOUT;
          }
        }
      }
      """;
}
