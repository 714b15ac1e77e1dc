package dev.echosounder.ws;

import dev.echosounder.servers.FuzzFrames;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server that answers an upgrade, or nearly, and then sends {@link FuzzFrames}. What it does on
 * {@code /SEED} depends on the seed alone.
 */
final class FuzzServer implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** A client that has ended its side answers no more; one that has not must have by then. */
  private static final int PATIENCE_MS = 5_000;

  final AtomicLong frames = new AtomicLong();
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FuzzServer() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI uri(long seed) {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/" + seed);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      threads.shutdown(); // Closed: the test is over.
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      socket.setSoTimeout(PATIENCE_MS);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      Random random = new Random(Long.parseLong(in.readLine().replaceAll("\\D*(\\d+) .*", "$1")));
      String key = "";
      boolean deflate = false;
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        String lower = line.toLowerCase(Locale.ROOT);
        key = lower.startsWith("sec-websocket-key:") ? line.substring(18).strip() : key;
        deflate |= lower.startsWith("sec-websocket-extensions:") && lower.contains("deflate");
      }
      OutputStream out = socket.getOutputStream();
      if (send(random, out, answer(random, key, deflate))) {
        FuzzFrames source = new FuzzFrames(random, deflate, false);
        talk(random, out, source);
        end(random, socket, source);
      }
    } catch (IOException e) {
      return; // The client has cut a server that breaks the rules, as it should.
    }
  }

  private static byte[] answer(Random random, String key, boolean deflate) {
    String text =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + (deflate
                ? "Sec-WebSocket-Extensions: permessage-deflate;server_no_context_takeover\r\n"
                : "")
            + ("Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
    byte[] answer = text.getBytes(StandardCharsets.ISO_8859_1);
    if (random.nextInt(10) == 0) {
      int flips = 1 + random.nextInt(8);
      for (int i = 0; i < flips; i++) {
        answer[random.nextInt(answer.length)] = (byte) random.nextInt();
      }
    } else if (random.nextInt(50) == 0) {
      return ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(random.nextInt(200_000)))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
    return answer;
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + MAGIC).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void talk(Random random, OutputStream out, FuzzFrames source) throws IOException {
    int count = random.nextInt(200);
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      batch.writeBytes(source.next());
      frames.incrementAndGet();
      if (random.nextInt(20) == 0 || i == count - 1) {
        send(random, out, batch.toByteArray());
        batch.reset();
      }
    }
  }

  /** In a few pieces: TCP cuts where it pleases. */
  private static boolean send(Random random, OutputStream out, byte[] bytes) throws IOException {
    int from = 0;
    while (from < bytes.length) {
      int most = random.nextInt(4) == 0 ? 1 + random.nextInt(7) : bytes.length;
      int size = Math.min(bytes.length - from, most);
      out.write(bytes, from, size);
      from += size;
    }
    return true;
  }

  private static void end(Random random, Socket socket, FuzzFrames source) throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> socket.setSoLinger(true, 0);
      case 1 -> socket.shutdownOutput();
      case 2 -> {
        socket.getOutputStream().write(source.close());
        drain(socket);
      }
      default -> drain(socket);
    }
  }

  private static void drain(Socket socket) throws IOException {
    byte[] buffer = new byte[8_192];
    while (socket.getInputStream().read(buffer) >= 0) {
      // Whatever the client says, until it ends.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
