package dev.echosounder.scenario;

import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one message after the other, of those that arrive in time. By the instant of arrival: how
 * long a step thinks about each changes nothing, but its thinking has an end as well.
 */
final class Intake {
  /** To look at what arrived in time. */
  private static final Duration TO_THINK = Duration.ofSeconds(2);

  private final Conversation in;
  private final Duration limit;
  private final long end;
  private final List<Payload> taken = new ArrayList<>();

  Intake(Conversation in, Duration limit) {
    this.in = in;
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Empty when the time is up, or the connection over. */
  Optional<Message> next() throws InterruptedException {
    long left = end - System.nanoTime();
    if (left < -TO_THINK.toNanos() && !in.inbox().waiting().isEmpty()) {
      throw Mismatch.of(
          in,
          "to have looked at all messages within " + Mismatch.say(limit.plus(TO_THINK)),
          "%d looked at, %d still unread: they come too fast for this step"
              .formatted(taken.size(), in.inbox().waiting().size()));
    }
    Optional<Message> came =
        left > 0
            ? in.inbox().next(Duration.ofNanos(left))
            : in.inbox().find(m -> m.nanos() - end <= 0, Duration.ZERO);
    came.ifPresent(message -> taken.add(Payload.of(message)));
    return came;
  }

  /** All that next has given, oldest first. */
  List<Payload> taken() {
    return taken;
  }
}
