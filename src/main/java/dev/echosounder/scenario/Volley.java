package dev.echosounder.scenario;

import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Messages that one client sent at a rate, each with an id of its own.
 *
 * @param in who sent them, and awaits the answers
 * @param what how a person says it: {@code 100 messages at 50 per second}
 * @param due the ids, each with the instant at which it was to be sent, in nanoseconds
 */
record Volley(Conversation in, String what, Map<String, Long> due) {
  /** Sends without waiting for answers, nor for a write to be done before the next is due. */
  static Volley send(
      Conversation in, int count, int perSecond, IntFunction<String> id, IntFunction<String> text)
      throws InterruptedException {
    in.open();
    String what = "%d messages at %d per second".formatted(count, perSecond);
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    List<Long> intended =
        Pace.run(
            count,
            perSecond,
            Pace.SYSTEM,
            i -> writes.add(in.connection().sendText(text.apply(i))));
    in.await(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)), what);
    Map<String, Long> due = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      due.put(id.apply(i), intended.get(i));
    }
    return new Volley(in, what, due);
  }

  /**
   * Takes messages until every id is answered, or for as long as the steps wait. Later duplicates
   * are left to the scenario's end, which finds messages that nobody took.
   *
   * @param id the id in a text, if there is one
   */
  Latencies answered(Duration limit, Function<String, Optional<String>> id)
      throws InterruptedException {
    Answers answers = new Answers(due);
    Duration patience = in.deadline().compareTo(limit) > 0 ? in.deadline() : limit;
    long end = System.nanoTime() + patience.toNanos();
    Optional<Message> came;
    do {
      Duration left =
          answers.complete() ? Duration.ZERO : Duration.ofNanos(end - System.nanoTime());
      came = in.inbox().next(left);
      came.ifPresent(m -> take(answers, m, id));
    } while (came.isPresent());
    Latencies latencies = Latencies.of(what, answers.latencies());
    Optional<String> faults = answers.faults(limit, World.current().messagesMatter());
    if (faults.isPresent()) {
      throw Mismatch.of(
          in,
          "%s, each answered within %s".formatted(what, Mismatch.say(limit)),
          faults.get() + "; " + Mismatch.state(in),
          latencies.toString());
    }
    return latencies;
  }

  static void take(Answers answers, Message message, Function<String, Optional<String>> id) {
    Optional<String> found =
        message instanceof Message.Text text ? id.apply(text.text()) : Optional.empty();
    if (found.isPresent()) {
      answers.add(found.get(), message.nanos());
    } else {
      answers.strange("without an id: " + Payload.of(message));
    }
  }
}
