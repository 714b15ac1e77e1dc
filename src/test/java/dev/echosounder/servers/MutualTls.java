package dev.echosounder.servers;

import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Servers that want a client's certificate, by {@link Certificates}' authority. Seen: Netty on the
 * JDK's TLS answers a missing one with the alert bad_certificate and any other bad one with
 * certificate_unknown; HAProxy 2.6 on OpenSSL tells them apart, a missing one with
 * handshake_failure under TLS 1.2; nginx 1.22 finishes the handshake with anybody and answers 400.
 */
public final class MutualTls {
  private MutualTls() {}

  /** Netty on the JDK's TLS. */
  public static EchoServer netty(Certificates certificates) {
    return TlsEchoes.netty(certificates, ClientAuth.REQUIRE);
  }

  /** HAProxy on OpenSSL. */
  public static Start haproxy(Certificates certificates) {
    return Proxied.start(
        "haproxy",
        "haproxy",
        (program, port, home, upstream) -> {
          Path both = home.resolve("server.pem");
          Files.writeString(
              both,
              Files.readString(certificates.certificate(Leaf.VALID))
                  + Files.readString(certificates.key(Leaf.VALID)));
          Path file = home.resolve("haproxy.cfg");
          String config = HAPROXY.replace("BOTH", both.toString());
          Files.writeString(file, filled(config, certificates, home, port, upstream));
          return List.of(program.toString(), "-db", "-f", file.toString());
        },
        (process, home) -> Files.exists(home.resolve("stats.sock")));
  }

  /** nginx on OpenSSL, which refuses by HTTP. */
  public static Start nginx(Certificates certificates) {
    return Proxied.start(
        "nginx",
        "nginx",
        (program, port, home, upstream) -> {
          Files.writeString(
              home.resolve("nginx.conf"), filled(NGINX, certificates, home, port, upstream));
          return List.of(program.toString(), "-p", home + "/", "-c", "nginx.conf", "-e", "stderr");
        },
        (process, home) -> Files.exists(home.resolve("nginx.pid")));
  }

  private static String filled(
      String config, Certificates certificates, Path home, int port, URI upstream)
      throws IOException {
    return config
        .replace("HOME", home.toString())
        .replace("PORT", Integer.toString(port))
        .replace("UPSTREAM", upstream.getAuthority())
        .replace("CERTIFICATE", certificates.certificate(Leaf.VALID).toAbsolutePath().toString())
        .replace("KEY", certificates.key(Leaf.VALID).toAbsolutePath().toString())
        .replace("AUTHORITY", certificates.authority().toAbsolutePath().toString());
  }

  private static final String HAPROXY =
      """
      global
        stats socket HOME/stats.sock
      defaults
        mode http
        timeout connect 5s
        timeout client 30s
        timeout server 30s
      frontend in
        bind 127.0.0.1:PORT ssl crt BOTH ca-file AUTHORITY verify required
        default_backend out
      backend out
        server netty UPSTREAM
      """;

  private static final String NGINX =
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
          listen 127.0.0.1:PORT ssl;
          ssl_certificate CERTIFICATE;
          ssl_certificate_key KEY;
          ssl_client_certificate AUTHORITY;
          ssl_verify_client on;
          ssl_protocols TLSv1.2 TLSv1.3;
          location / {
            proxy_pass http://UPSTREAM;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
          }
        }
      }
      """;
}
