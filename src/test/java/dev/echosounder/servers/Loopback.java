package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Addresses on the loopback interface. */
final class Loopback {
  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static URI ws(int port, String path) {
    return URI.create("ws://" + HOST + ":" + port + path);
  }

  /**
   * A port that was free a moment ago, for programs that cannot choose one themselves. Somebody
   * else may take it first: the caller must notice that its program failed to bind, and try again.
   */
  static int freePort() {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
