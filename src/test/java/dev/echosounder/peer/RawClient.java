package dev.echosounder.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A WebSocket client that hides nothing: status line, header bytes, every frame, FIN or RST. It
 * blocks its caller, for five seconds at most, and answers nothing by itself.
 */
final class RawClient implements AutoCloseable {
  /** The key of RFC 6455 §1.3, whose accept value the RFC states. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How the server's side of the TCP connection ended. */
  enum End {
    FIN,
    RST
  }

  private final URI uri;
  private final Socket bare; // closing this one never waits for the peer's close_notify
  private final Socket socket;
  private final DataInputStream in;

  private RawClient(URI uri, Socket bare, Socket socket) throws IOException {
    this.uri = uri;
    this.bare = bare;
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Connects, with TLS for a wss URI. */
  static RawClient connect(URI uri, SSLContext tls) throws IOException {
    Socket bare = new Socket(uri.getHost(), uri.getPort());
    bare.setSoTimeout((int) PATIENCE.toMillis());
    bare.setTcpNoDelay(true);
    if (!uri.getScheme().equals("wss")) {
      return new RawClient(uri, bare, bare);
    }
    Socket secured = tls.getSocketFactory().createSocket(bare, uri.getHost(), uri.getPort(), true);
    return new RawClient(uri, bare, secured);
  }

  /** Asks for the upgrade and returns this after a 101 with the right accept value. */
  RawClient expectUpgrade(String... headers) throws IOException {
    String head = upgrade(headers);
    if (!head.startsWith("HTTP/1.1 101 ")
        || !head.contains("\r\nSec-WebSocket-Accept: " + ACCEPT + "\r\n")) {
      close();
      throw new IOException("no upgrade: " + head);
    }
    return this;
  }

  /** Sends an upgrade request for the URI; the head of the response, with its last empty line. */
  String upgrade(String... headers) throws IOException {
    requestUpgrade(headers);
    return head();
  }

  void requestUpgrade(String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + uri.getRawPath());
    request.append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    request.append(" HTTP/1.1\r\nHost: ").append(uri.getAuthority());
    request.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ");
    request.append(KEY).append("\r\nSec-WebSocket-Version: 13\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** The body that a response head announces. */
  String body(String head) throws IOException {
    String length = head.replaceAll("(?s).*\r\nContent-Length: (\\d+)\r\n.*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendText(String text) throws IOException {
    send(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  void sendClose(int code, String reason) throws IOException {
    send(0x88, closeBody(code, reason));
  }

  static byte[] closeBody(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
  }

  /** Sends one masked frame; its first byte as given. */
  void send(int first, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65536) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    byte[] mask = {1, 2, 3, 4};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i & 3]);
    }
    write(frame.toByteArray());
  }

  /** The next frame, as it is on the wire. */
  Received frame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
    byte[] payload = in.readNBytes((int) length);
    for (int i = 0; i < payload.length && mask.length > 0; i++) {
      payload[i] ^= mask[i & 3];
    }
    return new Received(first, mask.length > 0, payload);
  }

  /** The text of the next frame. */
  String text() throws IOException {
    return frame().text();
  }

  /** What one read returns: over TLS that is what the server sent as one record. */
  String read() throws IOException {
    byte[] buffer = new byte[16 * 1024];
    int length = Math.max(0, in.read(buffer));
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** So many bytes, as they are on the wire. */
  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Waits for the end; bytes before it are a failure. */
  End end() throws IOException {
    try {
      int next = in.read();
      if (next >= 0) {
        throw new IOException("expected the end, got byte " + next);
      }
      return End.FIN;
    } catch (EOFException e) {
      return End.FIN;
    } catch (SocketException e) {
      return End.RST;
    }
  }

  /** Whether nothing at all comes for so long, not even the end. */
  boolean quietFor(Duration silence) throws IOException {
    bare.setSoTimeout((int) silence.toMillis());
    try {
      var unused = in.read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      bare.setSoTimeout((int) PATIENCE.toMillis());
    }
  }

  void fin() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    bare.setSoLinger(true, 0);
    bare.close();
  }

  @Override
  public void close() throws IOException {
    bare.close();
  }

  /** A frame as received; {@code first} holds FIN, RSV and opcode. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Received(int first, boolean masked, byte[] payload) {
    int opcode() {
      return first & 0x0F;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame, or 1005 without one. */
    int closeCode() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    String closeReason() {
      return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }
}
