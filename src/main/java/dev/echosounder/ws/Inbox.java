package dev.echosounder.ws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Keeps every text and binary message of one connection until somebody takes it. Give it to {@link
 * Client#open} and no message is lost, not even one glued to the 101. Written by the I/O thread,
 * read by any thread.
 *
 * <p>Bounded by bytes: when full, the connection ends with {@link Ending.Cause#LOCAL_ERROR}, which
 * says so; nothing is dropped silently.
 */
public final class Inbox implements Listener {
  /** How many bytes of messages an inbox holds unless told otherwise: 64 MiB. */
  public static final long DEFAULT_BYTES = 64L << 20;

  /** What an empty message costs: so that a flood of empty ones is bounded as well. */
  private static final int MESSAGE_OVERHEAD = 64;

  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock. */
  private final ArrayDeque<Message> waiting = new ArrayDeque<>();

  /** Guarded by lock. */
  private long bytes;

  /** Guarded by lock: nothing more will come. */
  private boolean over;

  /** An inbox of {@link #DEFAULT_BYTES}. */
  public Inbox() {
    this(DEFAULT_BYTES);
  }

  /** An inbox that holds at most {@code maxBytes}. */
  public Inbox(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void onMessage(Connection connection, Message message) {
    if (message instanceof Message.Pong) {
      return;
    }
    boolean full;
    lock.lock();
    try {
      full = bytes + cost(message) > maxBytes;
      if (!full) {
        waiting.addLast(message);
        bytes += cost(message);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (full) {
      connection.abort(
          Ending.Cause.LOCAL_ERROR,
          "the inbox is full: over %d bytes wait unread; receive them or raise the limit"
              .formatted(maxBytes));
    }
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    if (event instanceof Event.Ended || event instanceof Event.Refused) {
      lock.lock();
      try {
        over = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Takes the oldest message, waiting for one if need be.
   *
   * @return empty when the deadline passes, or the connection is over and no message is left
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Optional<Message> next(Duration deadline) throws InterruptedException {
    return find(message -> true, deadline);
  }

  /**
   * Takes the oldest message that matches, waiting for one if need be. Others stay.
   *
   * @return empty when the deadline passes, or the connection is over and no message matches
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Optional<Message> find(Predicate<Message> wanted, Duration deadline)
      throws InterruptedException {
    long left = deadline.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<Message> found = remove(wanted);
        if (found.isPresent() || over || left <= 0) {
          return found;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A snapshot of what waits, oldest first; nothing is taken. */
  public List<Message> waiting() {
    lock.lock();
    try {
      return new ArrayList<>(waiting);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Message> remove(Predicate<Message> wanted) {
    for (Iterator<Message> i = waiting.iterator(); i.hasNext(); ) {
      Message message = i.next();
      if (wanted.test(message)) {
        i.remove();
        bytes -= cost(message);
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private static long cost(Message message) {
    return (long) message.size() + MESSAGE_OVERHEAD;
  }
}
