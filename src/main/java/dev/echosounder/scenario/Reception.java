package dev.echosounder.scenario;

import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for messages of one conversation and says what came instead. */
final class Reception {
  /** How long a failing step goes on listening, to tell "too late" from "never". */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Conversation in;

  Reception(Conversation in) {
    this.in = in;
  }

  /** The very next message must be the one. */
  Message next(Wanted wanted) throws InterruptedException {
    return next(wanted, in.deadline());
  }

  Message next(Wanted wanted, Duration limit) throws InterruptedException {
    in.open();
    Optional<Message> came = in.inbox().next(limit);
    if (came.isEmpty()) {
      throw nothingCame(wanted, limit, List.of());
    }
    Message message = came.get();
    if (!wanted.matches(message)) {
      List<Payload> seen = withWaiting(List.of(Payload.of(message)));
      throw Mismatch.of(in, wanted.text(), seen.get(0).toString(), miss(seen, wanted));
    }
    in.received(message, wanted);
    return message;
  }

  /** Skips, and so consumes, whatever comes before the one. */
  Message eventually(Wanted wanted) throws InterruptedException {
    in.open();
    Intake intake = new Intake(in, in.deadline());
    for (Optional<Message> came = intake.next(); came.isPresent(); came = intake.next()) {
      if (wanted.matches(came.get())) {
        in.received(came.get(), wanted);
        return came.get();
      }
    }
    throw nothingCame(wanted, in.deadline(), intake.taken());
  }

  /** Waits the whole time, unless the connection is over: then nothing can come any more. */
  void nothingFor(Duration time) throws InterruptedException {
    in.open();
    Optional<Message> came = in.inbox().next(time);
    if (came.isPresent()) {
      throw Mismatch.of(
          in, "no message for " + Mismatch.say(time), Payload.of(came.get()).toString());
    }
  }

  /** Waits the whole time, so that one message too many is seen. */
  void exactly(int count, Duration time) throws InterruptedException {
    in.open();
    long end = System.nanoTime() + time.toNanos();
    List<Payload> seen = new ArrayList<>();
    Optional<Message> came = in.inbox().next(time);
    while (came.isPresent()) {
      seen.add(Payload.of(came.get()));
      came = in.inbox().next(Duration.ofNanos(end - System.nanoTime()));
    }
    if (seen.size() != count) {
      throw Mismatch.of(
          in,
          "exactly " + count + " messages within " + Mismatch.say(time),
          seen.size() + " messages" + list(seen));
    }
  }

  /** These and no others, in this order. */
  void inOrder(List<Wanted> wanted) throws InterruptedException {
    for (int i = 0; i < wanted.size(); i++) {
      Wanted one = wanted.get(i);
      String nth = "message %d of %d: ".formatted(i + 1, wanted.size());
      next(new Wanted(nth + one.text(), one.matches(), one.exact(), one.expectation()));
    }
  }

  /** These and no others, each once. */
  void inAnyOrder(List<Wanted> wanted) throws InterruptedException {
    Assignment assignment = new Assignment(wanted);
    while (!assignment.complete()) {
      assignment.add(Payload.of(next(assignment.next())));
    }
  }

  private AssertionError nothingCame(Wanted wanted, Duration limit, List<Payload> skipped)
      throws InterruptedException {
    long late = System.nanoTime();
    boolean came = comesLate(wanted);
    Duration delay = Duration.ofNanos(System.nanoTime() - late);
    String miss =
        came ? "it came, but " + Mismatch.say(delay) + " too late" : miss(skipped, wanted);
    return Mismatch.of(
        in, wanted.text() + " within " + Mismatch.say(limit), seen(skipped, in), miss);
  }

  private boolean comesLate(Wanted wanted) throws InterruptedException {
    Intake intake = new Intake(in, GRACE);
    for (Optional<Message> came = intake.next(); came.isPresent(); came = intake.next()) {
      if (wanted.matches(came.get())) {
        return true;
      }
    }
    return false;
  }

  static String seen(List<Payload> skipped, Conversation in) {
    return (skipped.isEmpty() ? "nothing" : "only" + list(skipped)) + "; " + Mismatch.state(in);
  }

  private List<Payload> withWaiting(List<Payload> taken) {
    List<Payload> all = new ArrayList<>(taken);
    in.inbox().waiting().forEach(m -> all.add(Payload.of(m)));
    return all;
  }

  private static @Nullable String miss(List<Payload> seen, Wanted wanted) {
    return NearestMiss.among(seen, wanted).orElse(null);
  }

  static String list(List<Payload> payloads) {
    int shown = Math.min(payloads.size(), 10);
    StringBuilder text = new StringBuilder(payloads.isEmpty() ? "" : " ");
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(payloads.get(i));
    }
    return text
        + (shown < payloads.size() ? " and %d more".formatted(payloads.size() - shown) : "");
  }
}
