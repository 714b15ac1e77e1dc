package dev.echosounder.scenario;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Stage;
import dev.echosounder.hold.Ended;
import dev.echosounder.hold.HoldListener;
import dev.echosounder.hold.Keeper;
import dev.echosounder.report.Transcript;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection that a scenario keeps open, and what became of it. Thread-safe. */
final class Kept implements HoldListener {
  /** How long its last good-bye may take. */
  private static final Duration GOOD_BYE = Duration.ofSeconds(5);

  /** How many of its connections are kept for the reports. */
  private static final int MOST_KEPT = 20;

  private final String who;

  // All guarded by this.
  private final List<Ended> drops = new ArrayList<>();
  private final List<Duration> recoveries = new ArrayList<>();
  private int opened;
  private int heartbeats;
  private int told;
  private @Nullable ConnectFailure failure;
  private @Nullable Timeline last;

  /** Of the connections that are over, the oldest first. */
  private final List<Timeline> over = new ArrayList<>();

  private @Nullable Keeper keeper;

  Kept(String who) {
    this.who = who;
  }

  void start(Function<HoldListener, Keeper> how) {
    keeper = how.apply(this);
  }

  String who() {
    return who;
  }

  @Override
  public synchronized void onOpened(Evidence evidence) {
    opened++;
    last = evidence.timeline();
    notifyAll();
  }

  @Override
  public synchronized void onRefused(Stage stage, ConnectFailure why, Evidence evidence) {
    failure = why;
    last = evidence.timeline();
    over(last);
    notifyAll();
  }

  @Override
  public synchronized void onEnded(Ended ended) {
    last = ended.evidence().timeline();
    over(last);
    if (ended.ending().isDrop()) {
      drops.add(ended);
    }
    notifyAll();
  }

  @Override
  public synchronized void onRecovered(Duration afterDrop) {
    recoveries.add(afterDrop);
    notifyAll();
  }

  @Override
  public synchronized void onHeartbeat(Duration roundTrip) {
    heartbeats++;
    notifyAll();
  }

  /** Waits until it has opened so often. */
  void opened(int times, Duration limit) throws InterruptedException {
    await(
        () -> opened >= times ? Optional.of(opened) : Optional.empty(),
        limit,
        within(
            limit,
            times == 1
                ? "a connection that opens"
                : "a connection that has opened %d times".formatted(times)));
  }

  /** Waits until so many heartbeats were answered. */
  void heartbeats(int times, Duration limit) throws InterruptedException {
    await(
        () -> heartbeats >= times ? Optional.of(heartbeats) : Optional.empty(),
        limit,
        within(limit, times + " heartbeats that are answered"));
  }

  /** The oldest drop that no step has told of, for which it waits. */
  Ended drop(String expected, Duration limit) throws InterruptedException {
    Ended next =
        await(
            () -> told < drops.size() ? Optional.of(drops.get(told)) : Optional.empty(),
            limit,
            within(limit, expected));
    synchronized (this) {
      told++;
    }
    return next;
  }

  /** How long it took to come back from the drop that was told last, for which it waits. */
  Duration recovery(String expected, Duration limit) throws InterruptedException {
    return await(
        () -> {
          int wanted = Math.max(told, 1);
          return recoveries.size() >= wanted
              ? Optional.of(recoveries.get(wanted - 1))
              : Optional.empty();
        },
        limit,
        expected);
  }

  synchronized int drops() {
    told = drops.size();
    return drops.size();
  }

  /** The first drop that no step has told of. */
  synchronized Optional<Ended> untold() {
    return told < drops.size() ? Optional.of(drops.get(told)) : Optional.empty();
  }

  private synchronized <T> T await(Supplier<Optional<T>> wanted, Duration limit, String expected)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> found = wanted.get();
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (found.isPresent()) {
        return found.get();
      } else if (left <= 0) {
        throw mismatch(expected, state());
      }
      wait(left);
    }
  }

  private static String within(Duration limit, String expected) {
    return expected + " within " + Mismatch.say(limit);
  }

  private String state() {
    String refused = failure == null ? "" : ", last refusal: " + failure;
    return "opened %d times, %d heartbeats answered, drops: %s%s"
        .formatted(
            opened,
            heartbeats,
            drops.isEmpty() ? "none" : drops.stream().map(d -> d.ending().toString()).toList(),
            refused);
  }

  AssertionError mismatch(String expected, String seen) {
    StringBuilder text = new StringBuilder("expected ").append(expected);
    text.append("\n  expected:     ").append(expected);
    text.append("\n  seen:         ").append(seen).append('\n');
    text.append(timeline().stripTrailing());
    return new AssertionError(text.toString());
  }

  /** Of the newest connection that is over, or the beginning of the one that is not. */
  synchronized String timeline() {
    return last == null
        ? ""
        : "  timeline of the connection that " + who + " kept:\n" + Transcript.text(last).indent(4);
  }

  private void over(Timeline timeline) {
    if (over.size() < MOST_KEPT) {
      over.add(timeline);
    }
  }

  /** Of its first connections, the oldest first, and the newest one. */
  synchronized List<Timeline> timelines() {
    List<Timeline> all = new ArrayList<>(over);
    if (last != null && (all.isEmpty() || all.get(all.size() - 1) != last)) {
      all.add(last);
    }
    return all;
  }

  /** Closes it and waits for the end. */
  void stop() throws InterruptedException {
    if (keeper != null) {
      try {
        keeper.stop(CloseCode.NORMAL).get(GOOD_BYE.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("the connection that " + who + " kept does not end", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
