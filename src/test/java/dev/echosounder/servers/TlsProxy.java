package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * HAProxy, which takes TLS off, in front of tinyproxy: a proxy with an {@code https://} URL. Wants
 * tinyproxy's credentials.
 */
public record TlsProxy(External haproxy, EchoServer tinyproxy) implements EchoServer {
  /** Starts both, if they are installed. */
  public static Start start(Certificates certificates, Leaf leaf) {
    Optional<Path> program = Program.find("haproxy");
    if (program.isEmpty()) {
      return new Start.Unavailable("haproxy", "haproxy is not installed");
    }
    Start inner = ForwardProxy.HTTP.start();
    if (!(inner instanceof Start.Running running)) {
      return inner;
    }
    try {
      External haproxy =
          External.start(
              "haproxy",
              "/",
              (port, home) -> {
                String config =
                    CONFIG
                        .replace("HOME", home.toString())
                        .replace("PORT", Integer.toString(port))
                        .replace("INNER", running.server().uri().getAuthority());
                return prepare(program.get(), home, config, certificates, leaf);
              },
              (process, home) -> Files.exists(home.resolve("stats.sock")));
      return new Start.Running(new TlsProxy(haproxy, running.server()));
    } catch (RuntimeException e) {
      running.server().close();
      throw e;
    }
  }

  private static List<String> prepare(
      Path program, Path home, String config, Certificates certificates, Leaf leaf) {
    Path file = home.resolve("haproxy.cfg");
    try {
      Files.writeString(file, config);
      String both =
          Files.readString(certificates.certificate(leaf))
              + Files.readString(certificates.key(leaf));
      Files.writeString(home.resolve("server.pem"), both);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(program.toString(), "-db", "-f", file.toString());
  }

  @Override
  public String name() {
    return "haproxy before tinyproxy";
  }

  @Override
  public URI uri() {
    return haproxy.uri();
  }

  @Override
  public void close() {
    haproxy.close();
    tinyproxy.close();
  }

  private static final String CONFIG =
      """
      global
        stats socket HOME/stats.sock
      defaults
        mode tcp
        timeout connect 5s
        timeout client 30s
        timeout server 30s
      listen in
        bind 127.0.0.1:PORT ssl crt HOME/server.pem
        server inner INNER
      """;
}
