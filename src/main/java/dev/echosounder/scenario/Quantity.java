package dev.echosounder.scenario;

import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the messages of one kind among those that come. All that it looks at are received. */
final class Quantity {
  private final Conversation in;
  private final Wanted wanted;

  Quantity(Conversation in, Wanted wanted) {
    this.in = in;
    this.wanted = wanted;
  }

  /** The first that matches ends it. */
  void withinNext(int count) throws InterruptedException {
    in.open();
    Intake intake = new Intake(in, in.deadline());
    while (intake.taken().size() < count) {
      Optional<Message> came = intake.next();
      if (came.isEmpty()) {
        break;
      }
      if (wanted.matches(came.get())) {
        in.received(came.get(), wanted);
        return;
      }
    }
    String expected =
        "%s among the next %d messages, within %s"
            .formatted(wanted.text(), count, Mismatch.say(in.deadline()));
    throw mismatch(expected, Reception.seen(intake.taken(), in), intake.taken());
  }

  /** Waits the whole time; that none comes is no proof. */
  void every(Duration time) throws InterruptedException {
    in.open();
    Intake intake = new Intake(in, time);
    String expected = "every message within %s: %s".formatted(Mismatch.say(time), wanted.text());
    for (Optional<Message> came = intake.next(); came.isPresent(); came = intake.next()) {
      if (!wanted.matches(came.get())) {
        Payload wrong = Payload.of(came.get());
        String seen = "message %d: %s".formatted(intake.taken().size(), wrong);
        throw mismatch(expected, seen, List.of(wrong));
      }
      in.received(came.get(), wanted);
    }
    if (intake.taken().isEmpty()) {
      throw Mismatch.of(in, expected + ", and at least one", "none; " + Mismatch.state(in));
    }
  }

  /** One too many ends it at once. */
  void none(Duration time) throws InterruptedException {
    count(0, 0, time, "no message for " + Mismatch.say(time) + " that is " + wanted.text());
  }

  /** Waits the whole time, so that one too many is seen. */
  void exactly(int count, Duration time) throws InterruptedException {
    count(count, count, time, "exactly " + what(count, time));
  }

  /** The last that is needed ends it. */
  void atLeast(int count, Duration time) throws InterruptedException {
    count(count, Integer.MAX_VALUE, time, "at least " + what(count, time));
  }

  /** Waits the whole time, unless one too many comes. */
  void atMost(int count, Duration time) throws InterruptedException {
    count(0, count, time, "at most " + what(count, time));
  }

  private String what(int count, Duration time) {
    return "%d within %s: %s".formatted(count, Mismatch.say(time), wanted.text());
  }

  private void count(int least, int most, Duration time, String expected)
      throws InterruptedException {
    in.open();
    Intake intake = new Intake(in, time);
    List<Payload> right = new ArrayList<>();
    List<Payload> others = new ArrayList<>();
    while (right.size() <= most && (right.size() < least || most < Integer.MAX_VALUE)) {
      Optional<Message> came = intake.next();
      if (came.isEmpty()) {
        break;
      }
      boolean is = wanted.matches(came.get());
      (is ? right : others).add(Payload.of(came.get()));
      if (is) {
        in.received(came.get(), wanted);
      }
    }
    if (right.size() < least || right.size() > most) {
      String besides = others.isEmpty() ? "" : "; besides" + Reception.list(others);
      String seen = right.size() + Reception.list(right) + besides + "; " + Mismatch.state(in);
      throw right.size() > most
          ? Mismatch.of(in, expected, seen)
          : mismatch(expected, seen, others);
    }
  }

  private AssertionError mismatch(String expected, String seen, List<Payload> near) {
    return Mismatch.of(in, expected, seen, NearestMiss.among(near, wanted).orElse(null));
  }
}
