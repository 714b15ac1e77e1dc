package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Proxies that a client asks for a tunnel. Seen of tinyproxy 1.11: no credentials get 407, wrong
 * ones 401, a port that is not allowed 403, a dead server 500. Seen of microsocks 1.0.3: with a
 * user of its own it offers no other method; a dead server is 5, connection refused.
 */
public enum ForwardProxy {
  /** tinyproxy, with basic credentials. */
  HTTP("tinyproxy"),
  /** tinyproxy, with basic credentials, which connects to port 443 only. */
  HTTP_TO_443("tinyproxy"),
  /** microsocks, with user and password. */
  SOCKS("microsocks");

  /** Whom they let through. */
  public static final String USER = "ann";

  /** With which password. */
  public static final String PASSWORD = "s3cret";

  private final String program;

  ForwardProxy(String program) {
    this.program = program;
  }

  /** Starts it, if it is installed. Its URI tells the port. */
  public Start start() {
    Optional<Path> installed = Program.find(program);
    if (installed.isEmpty()) {
      return new Start.Unavailable(program, program + " is not installed");
    }
    String path = installed.get().toString();
    External started =
        this == SOCKS
            ? External.start(
                program, "/", (port, home) -> microsocks(path, port, home), this::answersSocks)
            : External.start(
                program,
                "/",
                (port, home) -> tinyproxy(path, port, home),
                (process, home) -> process.output().contains("Accepting connections"));
    return new Start.Running(new Stopped(started));
  }

  /** Killed at the end: tinyproxy takes a SIGTERM for seconds when the wrong thread gets it. */
  private record Stopped(External proxy) implements EchoServer {
    @Override
    public String name() {
      return proxy.name();
    }

    @Override
    public URI uri() {
      return proxy.uri();
    }

    @Override
    public void close() {
      proxy.kill();
      proxy.close();
    }
  }

  private List<String> tinyproxy(String program, int port, Path home) {
    String config =
        """
        Port %d
        Listen 127.0.0.1
        Allow 127.0.0.1
        Timeout 60
        MaxClients 50
        LogLevel Info
        BasicAuth %s %s
        %s
        """
            .formatted(port, USER, PASSWORD, this == HTTP_TO_443 ? "ConnectPort 443" : "");
    Path file = write(home, "tinyproxy.conf", config);
    return List.of(program, "-d", "-c", file.toString());
  }

  private static List<String> microsocks(String program, int port, Path home) {
    write(home, "port", Integer.toString(port));
    return List.of(
        program, "-i", Loopback.HOST, "-p", Integer.toString(port), "-u", USER, "-P", PASSWORD);
  }

  private static Path write(Path home, String name, String text) {
    try {
      return Files.writeString(home.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It says nothing when it is ready: so it is asked, as only a SOCKS proxy would be. */
  private boolean answersSocks(ChildProcess process, Path home) {
    try (Socket socket = new Socket()) {
      int port = Integer.parseInt(Files.readString(home.resolve("port")));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write(new byte[] {5, 1, 2});
      return socket.getInputStream().read() == 5;
    } catch (IOException e) {
      // Not yet: whoever waits has a deadline.
      return false;
    }
  }
}
