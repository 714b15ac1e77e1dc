package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address of this machine that answers no SYN: a listening socket whose queue is full, so that
 * Linux drops what comes. As a firewall does that drops packets.
 */
public final class BlackHole implements AutoCloseable {
  private static final int MOST = 64;

  private final ServerSocket server;
  private final List<Socket> queued = new ArrayList<>();

  private BlackHole(ServerSocket server) {
    this.server = server;
  }

  /**
   * Makes one.
   *
   * @param host an address of the loopback interface, such as 127.0.0.2
   * @param port 0 chooses one
   */
  public static BlackHole at(String host, int port) {
    try {
      BlackHole hole = new BlackHole(new ServerSocket(port, 1, InetAddress.getByName(host)));
      hole.fill();
      return hole;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill() throws IOException {
    while (queued.size() < MOST) {
      Socket socket = new Socket();
      queued.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    close();
    throw new IllegalStateException("the queue did not fill up with " + MOST + " connections");
  }

  /** The address that does not answer. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : queued) {
      socket.close();
    }
  }
}
