package dev.echosounder.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The floor: a blocking socket that speaks just enough RFC 6455 to echo short texts. One thread, no
 * buffer beyond its own array.
 */
final class RawSocket implements AutoCloseable {
  private static final int MASKED_HEADER = 6;

  /** Code 1000, with a mask of zeros. */
  private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xE8};

  private static final byte[] CLOSE_ANSWER = {(byte) 0x88, 2, 0x03, (byte) 0xE8};

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  RawSocket(URI uri) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
    String key = Base64.getEncoder().encodeToString(new byte[16]);
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            .formatted(uri.getRawPath(), uri.getRawAuthority());
    request += "Sec-WebSocket-Key: " + key + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    readHead();
  }

  /** At once, as it comes: nobody speaks before the client does. */
  private void readHead() throws IOException {
    byte[] head = new byte[1024];
    String text = "";
    for (int filled = 0; !text.endsWith("\r\n\r\n"); ) {
      int more = in.read(head, filled, head.length - filled);
      if (more <= 0) {
        throw new IOException("no end of the answer: " + text);
      }
      filled += more;
      text = new String(head, 0, filled, StandardCharsets.ISO_8859_1);
    }
    if (!text.startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + text);
    }
  }

  /** Nanoseconds from just before the write to just after the read of a short text's echo. */
  long roundTrip(byte[] text) throws IOException {
    byte[] frame = new byte[MASKED_HEADER + text.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | text.length);
    System.arraycopy(text, 0, frame, MASKED_HEADER, text.length);
    byte[] answer = new byte[2 + text.length];
    long start = System.nanoTime();
    out.write(frame);
    in.readFully(answer);
    long took = System.nanoTime() - start;
    if (!Arrays.equals(answer, 2, answer.length, text, 0, text.length)) {
      throw new IOException("not the echo: " + Arrays.toString(answer));
    }
    return took;
  }

  /** So many of them, one after the other. */
  long[] block(byte[] text, int count) throws IOException {
    long[] took = new long[count];
    for (int i = 0; i < count; i++) {
      took[i] = roundTrip(text);
    }
    return took;
  }

  /** Closes with 1000, and waits for the answer and for the server's end of TCP. */
  void closeHandshake() throws IOException {
    out.write(CLOSE);
    byte[] answer = new byte[CLOSE_ANSWER.length];
    in.readFully(answer);
    if (!Arrays.equals(answer, CLOSE_ANSWER) || in.read() >= 0) {
      throw new IOException("not the answer to a close: " + Arrays.toString(answer));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
