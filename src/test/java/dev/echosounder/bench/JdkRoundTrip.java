package dev.echosounder.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The JDK's client; the next text is sent where the echo is seen, which spares it a hand-over. */
final class JdkRoundTrip implements RoundTrip.Way, WebSocket.Listener, AutoCloseable {
  private final WebSocket socket;

  /** Handed over through the socket's calls: one is in flight at a time. */
  private volatile long[] took = {};

  private volatile int done;
  private volatile long sent;
  private volatile CompletableFuture<?> out = CompletableFuture.completedFuture(null);
  private volatile CompletableFuture<long[]> block = new CompletableFuture<>();

  JdkRoundTrip(URI server) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    socket = http.newWebSocketBuilder().buildAsync(server, this).get(5, TimeUnit.SECONDS);
  }

  @Override
  public long[] block() throws Exception {
    took = new long[RoundTrip.BLOCK];
    done = 0;
    block = new CompletableFuture<>();
    send();
    return block.get(10, TimeUnit.SECONDS);
  }

  /** It takes no text before it has said that the last one is out, which can be after its echo. */
  private void send() {
    out =
        out.thenCompose(
            free -> {
              sent = System.nanoTime();
              return socket.sendText(RoundTrip.TEXT, true);
            });
    out.whenComplete(
        (ok, failure) -> {
          if (failure != null) {
            block.completeExceptionally(failure);
          }
        });
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    int at = done;
    took[at] = System.nanoTime() - sent;
    done = at + 1;
    webSocket.request(1);
    if (at + 1 < took.length) {
      send();
    } else {
      block.complete(took);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable failure) {
    block.completeExceptionally(failure);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
