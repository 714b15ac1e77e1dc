package dev.echosounder.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;

/** One plain HTTP/1.1 connection that is kept until the server drops it. */
final class KeepAlive {
  private static final int MAX_RESPONSE = 64 * 1024;

  /** A connection dropped sooner than this after its answer was never kept. */
  private static final Duration KEPT = Duration.ofMillis(100);

  /**
   * How it went.
   *
   * @param droppedByServer whether the server kept it after its answer, and dropped it in time
   */
  record Result(boolean droppedByServer, String detail) {}

  private KeepAlive() {}

  /** Blocks until the server drops the connection or {@code limit} has passed. */
  static Result watch(URI webSocket, Duration limit) {
    long start = System.nanoTime();
    try (Socket socket = connect(webSocket, limit)) {
      String request =
          "GET / HTTP/1.1\r\nHost: %s\r\nConnection: keep-alive\r\n\r\n"
              .formatted(webSocket.getRawAuthority());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return untilDropped(socket, start, limit);
    } catch (SocketTimeoutException e) {
      return new Result(false, "it was still open after " + Mismatch.say(limit));
    } catch (IOException e) {
      return new Result(false, "it failed: " + e);
    }
  }

  private static Result untilDropped(Socket socket, long start, Duration limit) throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[4096];
    long lastByte = start;
    while (true) {
      Duration left = limit.minusNanos(System.nanoTime() - start);
      socket.setSoTimeout((int) Math.max(1, left.toMillis()));
      int count = in.read(buffer);
      if (count < 0) {
        return dropped(response, Duration.ofNanos(System.nanoTime() - lastByte));
      }
      lastByte = System.nanoTime();
      response.write(buffer, 0, Math.min(count, MAX_RESPONSE - response.size()));
    }
  }

  private static Result dropped(ByteArrayOutputStream response, Duration idle) {
    String text = response.toString(StandardCharsets.ISO_8859_1);
    String head = text.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
    if (!head.startsWith("http/1.")) {
      return new Result(false, "it was dropped with no HTTP answer");
    }
    if (head.contains("\r\nconnection: close")) {
      return new Result(false, "the server keeps no connection alive: it said Connection: close");
    }
    if (idle.compareTo(KEPT) < 0) {
      return new Result(false, "the server keeps no connection alive: it hung up after answering");
    }
    return new Result(true, "dropped after " + Mismatch.say(idle) + " of silence");
  }

  /**
   * TLS is verified by the JDK's trust store: good enough for a connection that carries nothing.
   */
  private static Socket connect(URI uri, Duration limit) throws IOException {
    boolean tls = "wss".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    Socket socket = tls ? SSLSocketFactory.getDefault().createSocket() : new Socket();
    try {
      socket.connect(
          new InetSocketAddress(uri.getHost().replaceAll("[\\[\\]]", ""), port),
          (int) limit.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
