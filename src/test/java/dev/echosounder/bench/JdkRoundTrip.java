package dev.echosounder.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's own client on one kept connection; stamps and sends the next in its listener. */
final class JdkRoundTrip implements RoundTrip.Way, AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final WebSocket socket;
  private final Echoes echoes = new Echoes();

  JdkRoundTrip(URI server) throws Exception {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(server, echoes)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public long[] block() throws Exception {
    return echoes.begin(socket).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket.abort();
  }

  /**
   * Called by one thread at a time, and before that by the one that begins a block: what one wrote
   * before it sent, the other sees once the echo is there, as the client hands over under locks.
   */
  private static final class Echoes implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<long[]> done = new CompletableFuture<>();
    private long[] took = {};
    private int count;
    private long start;

    CompletableFuture<long[]> begin(WebSocket socket) {
      done = new CompletableFuture<>();
      took = new long[RoundTrip.BLOCK];
      count = 0;
      CompletableFuture<long[]> current = done;
      send(socket);
      return current;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      long now = System.nanoTime();
      text.append(part);
      socket.request(1);
      if (last) {
        received(socket, text.toString(), now - start);
        text.setLength(0);
      }
      return null;
    }

    private void received(WebSocket socket, String echo, long nanos) {
      if (!echo.equals(RoundTrip.TEXT)) {
        done.completeExceptionally(new IllegalStateException("not the echo: " + echo));
        return;
      }
      took[count++] = nanos;
      if (count < took.length) {
        send(socket);
      } else {
        done.complete(took);
      }
    }

    /**
     * The client lets one text pend, and keeps its flag of that until a thread of its own has
     * cleared it: after the last text's future has completed, and now and then after its echo has
     * come. So a text that is refused for it is sent again at once, and the clock starts with the
     * attempt that is taken: that wait is the client's, but no part of a round trip.
     */
    private void send(WebSocket socket) {
      CompletableFuture<long[]> current = done;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      CompletableFuture<WebSocket> sent;
      do {
        Thread.onSpinWait();
        start = System.nanoTime();
        sent = socket.sendText(RoundTrip.TEXT, true);
      } while (refused(sent) && start < deadline);
      sent.whenComplete(
          (taken, failure) -> {
            if (failure != null) {
              current.completeExceptionally(failure);
            }
          });
    }

    private static boolean refused(CompletableFuture<WebSocket> sent) {
      if (!sent.isCompletedExceptionally()) {
        return false;
      }
      Throwable failure = sent.handle((taken, cause) -> cause).join();
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      return cause instanceof IllegalStateException;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      done.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      done.completeExceptionally(error);
    }
  }
}
