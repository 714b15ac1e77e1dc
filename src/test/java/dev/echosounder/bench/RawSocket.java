package dev.echosounder.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The floor: a blocking socket that speaks just enough RFC 6455 to echo short texts. One thread, no
 * buffer beyond its own array.
 */
final class RawSocket implements AutoCloseable {
  private static final int MASKED_HEADER = 6;

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

  private void readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + head);
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
    return System.nanoTime() - start;
  }

  /** So many of them, one after the other. */
  long[] block(byte[] text, int count) throws IOException {
    long[] took = new long[count];
    for (int i = 0; i < count; i++) {
      took[i] = roundTrip(text);
    }
    return took;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
