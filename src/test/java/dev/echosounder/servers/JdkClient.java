package dev.echosounder.servers;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The JDK's own WebSocket client: a judge of the servers that shares no code with ours. */
final class JdkClient implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1) // else a plain request asks for an upgrade to h2c
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final Inbox inbox = new Inbox();
  private final WebSocket socket;

  /** Throws the cause of a refused handshake, such as {@code WebSocketHandshakeException}. */
  JdkClient(URI uri, String... subprotocols) throws Exception {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    if (subprotocols.length > 0) {
      String[] rest = Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
      builder.subprotocols(subprotocols[0], rest);
    }
    socket = await(builder.buildAsync(uri, inbox));
  }

  /** The status of an HTTP request that asks for no upgrade. */
  static int get(URI uri) throws Exception {
    URI http = new URI("http", uri.getAuthority(), uri.getPath(), null, null);
    HttpRequest request = HttpRequest.newBuilder(http).timeout(Duration.ofSeconds(10)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  Object echo(String text) throws Exception {
    await(socket.sendText(text, true));
    return next();
  }

  Object echo(byte[] bytes) throws Exception {
    await(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    return next();
  }

  Object ping(byte[] payload) throws Exception {
    await(socket.sendPing(ByteBuffer.wrap(payload)));
    return next();
  }

  Object closeHandshake(int code, String reason) throws Exception {
    await(socket.sendClose(code, reason));
    return next();
  }

  /** A String, a byte[], a Pong, a Closed, or the Throwable that ended the connection. */
  Object next() throws Exception {
    Object next = inbox.events.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new TimeoutException("nothing received in 10 s");
    }
    return next;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  record Pong(String payload) {}

  record Closed(int code, String reason) {}

  private static final class Inbox implements WebSocket.Listener {
    final BlockingQueue<Object> events = new LinkedBlockingQueue<>(100);
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        events.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      bytes.writeBytes(bytes(part));
      if (last) {
        events.add(bytes.toByteArray());
        bytes.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
      events.add(new Pong(new String(bytes(payload), StandardCharsets.UTF_8)));
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      events.add(new Closed(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      events.add(error);
    }

    private static byte[] bytes(ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.get(copy);
      return copy;
    }
  }
}
