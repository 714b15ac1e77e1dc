package dev.echosounder.scenario;

import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What many clients do alike. A failure names the clients that fail alike together. */
record Crowd(List<Conversation> clients) {
  /** A scenario's connections each cost memory; beyond this a load generator is the better tool. */
  private static final int MOST = 1_000;

  /** How many attempts are under way at once: under the usual length of a server's backlog. */
  private static final int DIALING = 50;

  /** How many sends are under way at once. */
  private static final int SENDING = 50;

  /** What one client has to say against what was expected. */
  interface Trial {
    /** Empty if all is well; equal complaints are told once. */
    Optional<String> complaint(Conversation in) throws InterruptedException;
  }

  /** Connects so many, a bounded number at once, and waits for all. */
  static Crowd connect(int count) throws InterruptedException {
    Pace.within("clients", count, MOST);
    List<Conversation> clients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (i >= DIALING) {
        var unused = clients.get(i - DIALING).outcome();
      }
      clients.add(World.current().connect("client " + (i + 1)));
    }
    Crowd crowd = new Crowd(clients);
    crowd.each(
        "an open connection",
        in -> {
          var unused = in.outcome();
          return in.failure().map(f -> "no connection: " + f);
        });
    return crowd;
  }

  /**
   * Each sends it, a bounded number at once and nobody after somebody else's has been taken: who
   * stalls holds up no other. The echoes' latencies count from the instant at which all were to
   * send.
   */
  void send(Payload payload) throws InterruptedException {
    for (Conversation in : clients) {
      var unused = in.open();
    }
    Duration limit = World.current().deadline();
    long due = System.nanoTime();
    long end = due + limit.toNanos();
    Semaphore places = new Semaphore(SENDING);
    Map<Conversation, CompletableFuture<Void>> sends = new HashMap<>();
    for (Conversation in : clients) {
      if (places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        CompletableFuture<Void> sending = in.start(payload, due);
        sends.put(in, sending);
        sending.whenComplete((done, failure) -> places.release());
      }
    }
    each(
        "to send %s within %s".formatted(payload, Mismatch.say(limit)),
        in -> unsent(sends.get(in), end));
  }

  private static Optional<String> unsent(@Nullable CompletableFuture<Void> sending, long end)
      throws InterruptedException {
    if (sending == null) {
      return Optional.of("not begun: %d sends before it have stalled".formatted(SENDING));
    }
    try {
      sending.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of("the write has stalled: the peer does not read");
    } catch (ExecutionException e) {
      return Optional.of("it failed: " + e.getCause());
    }
  }

  /** How long the echo of what each sent last took, from when it was to be sent. */
  Latencies echoes(Duration limit) throws InterruptedException {
    List<Duration> latencies = new ArrayList<>();
    next(
        in -> Wanted.exactly(in.lastSent()),
        limit,
        (in, echo) -> latencies.add(Duration.ofNanos(echo.nanos() - in.due())));
    return Latencies.of("the echoes of %d clients".formatted(clients.size()), latencies);
  }

  /** The next message of each; one deadline for all, not one after the other. */
  void next(Function<Conversation, Wanted> wanted, Duration limit) throws InterruptedException {
    next(wanted, limit, (in, message) -> {});
  }

  private void next(
      Function<Conversation, Wanted> wanted,
      Duration limit,
      BiConsumer<Conversation, Message> received)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    String what = wanted.apply(clients.get(0)).text();
    each(
        what + " within " + Mismatch.say(limit),
        in -> {
          Wanted own = wanted.apply(in);
          Optional<Message> came = in.inbox().next(Duration.ofNanos(end - System.nanoTime()));
          if (came.isEmpty()) {
            return Optional.of("nothing; " + Mismatch.state(in));
          }
          if (!own.matches(came.get())) {
            return Optional.of(Payload.of(came.get()).toString());
          }
          received.accept(in, came.get());
          return Optional.empty();
        });
  }

  /** How long each broadcast took to reach the last of the clients, who all receive all. */
  Latencies fanOut(Volley broadcasts, Duration limit) throws InterruptedException {
    Map<String, Duration> last = new HashMap<>();
    long end = System.nanoTime() + limit.toNanos();
    each(
        "%s, each at every client within %s".formatted(broadcasts.what(), Mismatch.say(limit)),
        in -> {
          Answers answers = new Answers(broadcasts.due());
          Optional<Message> came;
          do {
            Duration left =
                answers.complete() ? Duration.ZERO : Duration.ofNanos(end - System.nanoTime());
            came = in.inbox().next(left);
            came.ifPresent(m -> Volley.take(answers, m, Optional::of));
          } while (came.isPresent());
          answers
              .byId()
              .forEach((id, took) -> last.merge(id, took, (a, b) -> a.compareTo(b) > 0 ? a : b));
          return answers.faults(limit, World.current().messagesMatter());
        });
    return Latencies.of("the fan-out of " + broadcasts.what(), List.copyOf(last.values()));
  }

  /**
   * @throws AssertionError with the clients that complain, by complaint, and one's timeline
   */
  void each(String expected, Trial trial) throws InterruptedException {
    Map<String, List<Conversation>> complaints = new LinkedHashMap<>();
    int failed = 0;
    for (Conversation in : clients) {
      Optional<String> complaint = trial.complaint(in);
      if (complaint.isPresent()) {
        failed++;
        complaints.computeIfAbsent(complaint.get(), c -> new ArrayList<>()).add(in);
      }
    }
    if (failed > 0) {
      throw mismatch("each client: " + expected, failed, complaints);
    }
  }

  private AssertionError mismatch(
      String expected, int failed, Map<String, List<Conversation>> complaints) {
    StringBuilder seen = new StringBuilder("%d of %d failed".formatted(failed, clients.size()));
    complaints.entrySet().stream()
        .sorted((a, b) -> b.getValue().size() - a.getValue().size())
        .limit(10)
        .forEach(
            c ->
                seen.append("\n    %d of %d: ".formatted(c.getValue().size(), clients.size()))
                    .append(c.getKey())
                    .append(" (")
                    .append(Answers.list(c.getValue().stream().map(Conversation::who).toList()))
                    .append(')'));
    if (complaints.size() > 10) {
      seen.append("\n    and %d other kinds of failure".formatted(complaints.size() - 10));
    }
    return Mismatch.of(complaints.values().iterator().next().get(0), expected, seen.toString());
  }
}
