package dev.echosounder.report;

import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Listener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells every event of every connection as it happens. The I/O threads only put events into a
 * bounded queue; a thread of its own makes text of them. Whatever the queue has no room for is
 * counted and said. Thread-safe.
 */
public final class WireLog implements Listener, AutoCloseable {
  private static final int MOST_WAITING = 4_096;

  /** How long the printer sleeps when there is nothing to print: so late it learns of the end. */
  private static final Duration NAP = Duration.ofMillis(50);

  /** How long {@link #close} waits for what is queued. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Entry(Connection connection, Event event) {}

  private final BlockingQueue<Entry> queue;
  private final AtomicLong dropped = new AtomicLong();
  private final Consumer<String> print;
  private final Secrets secrets;
  private final UnaryOperator<String> redact;
  private final boolean color;
  private final Thread printer = new Thread(this::run, "echosounder-wire");
  private volatile boolean closed;

  /** The printer's own: connections that are not over, by when they were first heard of. */
  private final Map<Connection, Integer> numbers = new HashMap<>();

  /** The printer's own. */
  private int last;

  /**
   * Starts the printer.
   *
   * @param print takes whole lines; called by one thread, which it may block
   * @param secrets learns what the connections use, and hides it from then on
   * @param redact hides what else is secret
   * @param color whether lines may carry ANSI colours
   */
  public WireLog(
      Consumer<String> print, Secrets secrets, UnaryOperator<String> redact, boolean color) {
    this(print, secrets, redact, color, MOST_WAITING);
  }

  WireLog(
      Consumer<String> print,
      Secrets secrets,
      UnaryOperator<String> redact,
      boolean color,
      int mostWaiting) {
    this.print = print;
    this.secrets = secrets;
    this.redact = redact;
    this.color = color;
    this.queue = new ArrayBlockingQueue<>(mostWaiting);
    printer.setDaemon(true);
    printer.start();
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    if (!queue.offer(new Entry(connection, event))) {
      dropped.incrementAndGet();
    }
  }

  private void run() {
    try {
      while (true) {
        // Read first: whatever was queued before the end is then still found.
        boolean ending = closed;
        Entry next = queue.poll(NAP.toNanos(), TimeUnit.NANOSECONDS);
        missing();
        if (next != null) {
          print(next);
        } else if (ending) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void missing() {
    long missed = dropped.getAndSet(0);
    if (missed > 0) {
      print.accept("… about here %d events are left out: printing is too slow\n".formatted(missed));
    }
  }

  private void print(Entry entry) {
    Connection connection = entry.connection();
    Integer number = numbers.get(connection);
    if (number == null) {
      number = ++last;
      forget();
      numbers.put(connection, number);
      secrets.learn(connection.target());
      String url = Redaction.text(connection.target().uri().toString());
      print.accept(quiet("#%-3d %s\n".formatted(number, Visible.text(url))));
    }
    secrets.learn(entry.event());
    long start = connection.timeline().startNanos();
    print.accept(quiet(WireText.of(number, start, entry.event(), color)));
    if (entry.event() instanceof Event.Ended || entry.event() instanceof Event.Refused) {
      numbers.remove(connection);
    }
  }

  private String quiet(String text) {
    return redact.apply(secrets.redact(text));
  }

  /** The end of a connection may be among what was left out. */
  private void forget() {
    if (numbers.size() >= MOST_WAITING) {
      numbers.keySet().removeIf(c -> c.ended().isDone());
    }
  }

  /** Prints what is queued, for as long as a person would wait; then ends the printer. */
  @Override
  public void close() {
    closed = true;
    try {
      printer.join(PATIENCE.toMillis());
      printer.interrupt();
    } catch (InterruptedException e) {
      printer.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
