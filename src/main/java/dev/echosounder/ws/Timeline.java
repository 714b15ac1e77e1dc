package dev.echosounder.ws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to one connection, in order. Written by I/O threads, read by any thread.
 *
 * <p>Bounded: the events of the handshake and the ending are kept for good, of the frames only the
 * newest. What durations need is kept apart, so {@link #phases()} is right however long it runs.
 */
public final class Timeline {
  /** How many frames a timeline keeps unless told otherwise. */
  public static final int DEFAULT_FRAMES = 1_000;

  private final int maxFrames;
  private final Instant startInstant;
  private final long startNanos;

  /** Guarded by this: everything before the first frame. Small: a handshake has a dozen events. */
  private final List<Event> opening = new ArrayList<>(8);

  /** Guarded by this: the newest frames. */
  private final ArrayDeque<Event> frames = new ArrayDeque<>(4);

  /** Guarded by this: how many frames the bound has pushed out. */
  private long forgotten;

  /** Guarded by this. */
  private @Nullable Event ended;

  /** Guarded by this: stays null unless payloads are counted, which costs time. */
  private @Nullable Compression compression;

  /** Guarded by this. */
  private final Stopwatch stopwatch = new Stopwatch();

  /**
   * An empty timeline that starts now.
   *
   * @param nanos the monotonic clock that stamps the events
   */
  Timeline(int maxFrames, LongSupplier nanos) {
    this(maxFrames, Instant.now(), nanos.getAsLong());
  }

  private Timeline(int maxFrames, Instant startInstant, long startNanos) {
    this.maxFrames = maxFrames;
    this.startInstant = startInstant;
    this.startNanos = startNanos;
  }

  /** What has happened so far, in a timeline that does not grow with this one. */
  public synchronized Timeline snapshot() {
    Timeline copy = new Timeline(maxFrames, startInstant, startNanos);
    opening.forEach(copy::add);
    frames.forEach(copy::add);
    copy.forgotten = forgotten;
    copy.compression = compression;
    if (ended != null) {
      copy.add(ended);
    }
    return copy;
  }

  /** One in which nothing happens: of a run that never came to connect. */
  public static Timeline empty() {
    return new Timeline(0, System::nanoTime);
  }

  /** False, and nothing is added, if the connection is over: a sender can come too late. */
  synchronized boolean add(Event event) {
    if (over()) {
      return false;
    }
    if (event instanceof Event.Sent
        || event instanceof Event.SentRaw
        || event instanceof Event.SentFin
        || event instanceof Event.Received) {
      countWire(event);
      frames.addLast(event);
      if (frames.size() > maxFrames) {
        frames.removeFirst();
        forgotten++;
      }
    } else if (event instanceof Event.Ended) {
      ended = event;
    } else {
      opening.add(event);
    }
    stopwatch.on(event);
    notifyAll();
    return true;
  }

  /** Payloads are counted from here on: {@code permessage-deflate} was agreed on. */
  synchronized void compressed() {
    compression = Compression.NONE;
  }

  /** So many bytes go into the compressor. */
  void sentPlain(long bytes) {
    count(c -> c.sent(bytes, 0));
  }

  /** So many bytes have come out of the decompressor. */
  void receivedPlain(long bytes) {
    count(c -> c.received(bytes, 0));
  }

  private synchronized void countWire(Event event) {
    if (compression == null) {
      return;
    }
    if (event instanceof Event.Sent sent && sent.frame().opcode().isData()) {
      count(c -> c.sent(0, sent.frame().length()));
    } else if (event instanceof Event.Received received && received.frame().opcode().isData()) {
      count(c -> c.received(0, received.frame().length()));
    }
  }

  private synchronized void count(UnaryOperator<Compression> more) {
    compression = compression == null ? null : more.apply(compression);
  }

  /** What compression made of the payloads so far; empty if none was agreed on. */
  public synchronized Optional<Compression> compression() {
    return Optional.ofNullable(compression);
  }

  /** When it began, by the wall clock. */
  public Instant startInstant() {
    return startInstant;
  }

  /** When it began, in nanoseconds of the monotonic clock: subtract it from an event's stamp. */
  public long startNanos() {
    return startNanos;
  }

  /** A snapshot of the events that are kept, oldest first. */
  public synchronized List<Event> events() {
    List<Event> all = new ArrayList<>(opening.size() + frames.size() + 1);
    all.addAll(opening);
    all.addAll(frames);
    if (ended != null) {
      all.add(ended);
    }
    // A sender and the reader stamp before they queue for the lock, so neighbours can be swapped.
    all.sort(Comparator.comparingLong(Event::nanos));
    return all;
  }

  /** How many frames are no longer kept. */
  public synchronized long forgottenFrames() {
    return forgotten;
  }

  /** How long each phase took; phases that did not happen, or have not ended, are absent. */
  public synchronized Map<Phase, Duration> phases() {
    return new EnumMap<>(stopwatch.phases());
  }

  /** How long this phase took, if it happened and has ended. */
  public Optional<Duration> phase(Phase phase) {
    return Optional.ofNullable(phases().get(phase));
  }

  /**
   * Waits for an event, which may have happened already.
   *
   * @return the oldest kept event that matches, or empty when the deadline passes or the connection
   *     is over without one
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public synchronized Optional<Event> await(Predicate<Event> wanted, Duration deadline)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      long left = deadline.toNanos() - (System.nanoTime() - start);
      Optional<Event> found = events().stream().filter(wanted).findFirst();
      if (found.isPresent() || over() || left <= 0) {
        return found;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private boolean over() {
    return ended != null
        || (!opening.isEmpty() && opening.get(opening.size() - 1) instanceof Event.Refused);
  }

  /** The time from this timeline's start to {@code nanos}. */
  public Duration since(long nanos) {
    return Duration.ofNanos(nanos - startNanos);
  }
}
