package dev.echosounder.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes bytes between clients and a port on loopback; told to, it turns over the last bit of what
 * the server sends, as a broken middlebox does. TLS notices by its record's authentication tag (RFC
 * 8446 §5.2). Thread-safe.
 */
public final class Garbler implements AutoCloseable {
  private final ServerSocket server;
  private final int upstream;
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean garbling;

  /** Before the server on this port, from now on. */
  public Garbler(int upstream) throws IOException {
    this.upstream = upstream;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("garbler-accept", this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** From now on, whatever the server sends. */
  public void garble() {
    garbling = true;
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = keep(server.accept());
        Socket far = keep(new Socket(server.getInetAddress(), upstream));
        start("garbler-up", () -> pass(near, far, false));
        start("garbler-down", () -> pass(far, near, true));
      }
    } catch (IOException e) {
      close(); // Closed, or the server is gone: nobody can be served any more.
    }
  }

  private synchronized Socket keep(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void pass(Socket from, Socket to, boolean mayGarble) {
    byte[] buffer = new byte[1 << 14];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (mayGarble && garbling) {
          buffer[n - 1] ^= 1;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side has cut; try-with-resources has cut the other: that is the whole duty.
      return;
    }
  }

  @Override
  public synchronized void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
