package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * nginx on a port and on a unix socket, on others of both with TLS, each in front of an echo
 * server; and redirects from one to the other. Answers tell what was asked: {@code
 * X-Seen-Authorization}, {@code X-Seen-Cookie}, {@code X-Seen-Key}, {@code X-Seen-Agent}.
 *
 * @param uri of the plain port: {@code ws://127.0.0.1:PORT/}
 * @param secure of the port with TLS: {@code wss://127.0.0.1:PORT/}
 */
public record Crossroads(URI uri, URI secure, Path socket, External nginx, EchoServer upstream)
    implements AutoCloseable {

  /**
   * Starts it, or skips the test where nginx isn't installed; in CI the test fails instead.
   *
   * @param socket where the unix socket shall be; its directory exists
   */
  public static Crossroads startOrSkip(Certificates certificates, Path socket) {
    Path program = Program.findOrSkip("nginx");
    EchoServer upstream = NettyEcho.start("netty");
    AtomicInteger secure = new AtomicInteger();
    try {
      External nginx =
          External.start(
              "nginx",
              "/",
              (port, home) -> {
                secure.set(Loopback.freePort());
                String config =
                    CONFIG
                        .replace("SECURE", Integer.toString(secure.get()))
                        .replace("PORT", Integer.toString(port))
                        .replace("SOCKET", socket.toAbsolutePath().toString())
                        .replace("CERTIFICATE", certificates.certificate(Leaf.VALID).toString())
                        .replace("KEY", certificates.key(Leaf.VALID).toString())
                        .replace("UPSTREAM", upstream.uri().getAuthority());
                return prepare(program, home, socket, config);
              },
              (process, home) -> Files.exists(home.resolve("nginx.pid")));
      URI tls = URI.create("wss://" + Loopback.HOST + ":" + secure.get() + "/");
      return new Crossroads(nginx.uri(), tls, socket, nginx, upstream);
    } catch (RuntimeException e) {
      upstream.close();
      throw e;
    }
  }

  /** Where it listens with TLS. */
  public Path secureSocket() {
    return secure(socket);
  }

  private static Path secure(Path socket) {
    return socket.resolveSibling(socket.getFileName() + "-tls");
  }

  private static List<String> prepare(Path nginx, Path home, Path socket, String config) {
    try {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(secure(socket));
      Files.writeString(home.resolve("nginx.conf"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(nginx.toString(), "-p", home + "/", "-c", "nginx.conf", "-e", "stderr");
  }

  @Override
  public void close() {
    nginx.close();
    upstream.close();
  }

  /** {@code localhost} is another host than {@code 127.0.0.1}. */
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
          listen 127.0.0.1:SECURE ssl;
          listen unix:SOCKET;
          listen unix:SOCKET-tls ssl;
          ssl_certificate CERTIFICATE;
          ssl_certificate_key KEY;
          absolute_redirect off;
          location / {
            proxy_pass http://UPSTREAM;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            add_header X-Seen-Authorization $http_authorization always;
            add_header X-Seen-Cookie $http_cookie always;
            add_header X-Seen-Key $http_x_api_key always;
            add_header X-Seen-Agent $http_user_agent always;
          }
          location = /here { return 302 /echo; }
          location = /away { return 307 http://localhost:PORT/echo; }
          location = /up { return 301 https://127.0.0.1:SECURE/echo; }
          location = /down { return 301 http://127.0.0.1:PORT/echo; }
          location = /hop { return 308 /here; }
          location = /loop { return 302 /back; }
          location = /back { return 302 /loop; }
          location = /inside { return 302 http://10.0.0.1/; }
          location = /mail { return 302 mailto:ann@example.org; }
          location = /nobody { return 302 ws://127.0.0.1:1/; }
        }
      }
      """;
}
