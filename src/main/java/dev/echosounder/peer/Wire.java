package dev.echosounder.peer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing side of one connection: what is queued between two flushes leaves in one gathering
 * write, so a greeting is glued to its 101. Adding and flushing happen in the connection's serial
 * order; completions come from Jetty's threads.
 */
final class Wire extends IteratingCallback {
  private record Item(ByteBuffer bytes, @Nullable Runnable sent) {}

  private final EndPoint endPoint;
  private final Consumer<Runnable> serial;
  private final Consumer<Throwable> failed;
  private final Deque<Item> queue = new ArrayDeque<>(); // guarded by this
  private long pending; // guarded by this

  /** Only touched between a write and its completion, which the IteratingCallback orders. */
  private List<Item> flying = List.of();

  Wire(EndPoint endPoint, Consumer<Runnable> serial, Consumer<Throwable> failed) {
    this.endPoint = endPoint;
    this.serial = serial;
    this.failed = failed;
  }

  void add(byte[] bytes) {
    enqueue(new Item(ByteBuffer.wrap(bytes), null));
  }

  /** Runs the action, in the connection's serial order, once all that was added has been sent. */
  void whenSent(Runnable action) {
    enqueue(new Item(ByteBuffer.allocate(0), action));
  }

  synchronized long pending() {
    return pending;
  }

  private synchronized void enqueue(Item item) {
    queue.add(item);
    pending += item.bytes().remaining();
  }

  @Override
  protected Action process() {
    synchronized (this) {
      if (queue.isEmpty()) {
        return Action.IDLE;
      }
      flying = new ArrayList<>(queue);
      queue.clear();
    }
    endPoint.write(this, flying.stream().map(Item::bytes).toArray(ByteBuffer[]::new));
    return Action.SCHEDULED;
  }

  @Override
  protected void onSuccess() {
    List<Item> sent = flying;
    flying = List.of();
    synchronized (this) {
      pending = queue.stream().mapToLong(item -> item.bytes().remaining()).sum();
    }
    for (Item item : sent) {
      if (item.sent() != null) {
        serial.accept(item.sent());
      }
    }
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    failed.accept(cause);
  }
}
