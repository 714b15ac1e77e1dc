package dev.echosounder.peer.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that does everything: sockets that are ready, tasks of other threads, and timers,
 * one after the other. So nothing in this package needs a lock.
 */
final class Loop implements AutoCloseable {
  /** A socket is ready. */
  interface Ready {
    void ready();
  }

  private record Timer(long due, Runnable task) {}

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final long CLOSE_WITHIN_MS = 2_000;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Confined to the thread. */
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due));

  private final Thread thread = new Thread(this::run, "fault-proxy");
  private volatile boolean stopped;

  Loop() {
    try {
      selector = Selector.open();
      // The JDK opens descriptors of its own when the first socket closes: if none is left by then,
      // no socket can be closed ever after.
      SocketChannel.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /** Any thread; in order. Never run once the loop is closed. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Only from the loop's thread. */
  void after(Duration delay, Runnable task) {
    timers.add(new Timer(System.nanoTime() + delay.toNanos(), task));
  }

  /** Only from the loop's thread. */
  SelectionKey register(SelectableChannel channel, int interest, Ready handler) {
    try {
      return channel.register(selector, interest, handler);
    } catch (ClosedChannelException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only from the loop's thread, of a channel that is registered. */
  SelectionKey key(SelectableChannel channel) {
    return Objects.requireNonNull(channel.keyFor(selector));
  }

  private void run() {
    try {
      while (!stopped) {
        selector.select(patience());
        Runnable task;
        while ((task = tasks.poll()) != null) {
          guarded(task);
        }
        while (!timers.isEmpty() && timers.element().due() - System.nanoTime() <= 0) {
          guarded(timers.remove().task());
        }
        List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
          if (key.isValid()) {
            guarded(((Ready) key.attachment())::ready);
          }
        }
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      LOG.error("the fault proxy's loop ended", e);
    }
  }

  /** A defect on one connection must not end the others. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a fault of our own in the fault proxy", e);
    }
  }

  /** 0 is for ever: until a socket is ready or a task comes. */
  private long patience() {
    if (!tasks.isEmpty()) {
      return 1;
    }
    Timer next = timers.peek();
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.due() - System.nanoTime()) + 1);
  }

  /** Closes every socket and waits for the thread, which must not be the caller. */
  @Override
  public void close() {
    stopped = true;
    selector.wakeup();
    try {
      thread.join(CLOSE_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
