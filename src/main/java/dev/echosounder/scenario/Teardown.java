package dev.echosounder.scenario;

import dev.echosounder.hold.Ended;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Message;
import io.cucumber.java.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What happens to a scenario's connections when it is over. */
final class Teardown {
  /** On top of the longest close timeout, after which the client cuts the connection itself. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final World world;

  Teardown(World world) {
    this.world = world;
  }

  void run(Scenario scenario) throws InterruptedException {
    Optional<AssertionError> left = close(scenario.isFailed());
    if (scenario.isFailed() || left.isPresent()) {
      timelines().forEach((who, text) -> scenario.attach(text, "text/plain", "timeline of " + who));
    }
    if (left.isPresent()) {
      throw left.get();
    }
  }

  /**
   * Frees everything.
   *
   * @return what the scenario left unsaid, which fails it; empty if it has {@code failed} before
   */
  Optional<AssertionError> close(boolean failed) throws InterruptedException {
    List<Conversation> dropped =
        world.conversations().stream().filter(Teardown::hasDropped).toList();
    Optional<Kept> lost = world.kept().stream().filter(k -> k.untold().isPresent()).findFirst();
    closeAll();
    for (Kept kept : world.kept()) {
      kept.stop();
    }
    world.release();
    return failed ? Optional.empty() : leftUnsaid(dropped, lost);
  }

  /** The timeline of each connection as text, by its name. */
  Map<String, String> timelines() {
    Map<String, String> all = new LinkedHashMap<>();
    world.conversations().forEach(c -> all.put(c.who(), Mismatch.timeline(c)));
    world.kept().forEach(k -> all.put(k.who(), k.timeline()));
    return all;
  }

  private static boolean hasDropped(Conversation c) {
    return !c.endKnown()
        && (c.failure().isPresent() || c.ending().filter(Ending::isDrop).isPresent());
  }

  /** In parallel. What does not close in time is cut. */
  private void closeAll() throws InterruptedException {
    List<CompletableFuture<Ending>> closing = new ArrayList<>();
    Duration limit = MARGIN;
    for (Conversation c : world.conversations()) {
      boolean open = c.connection().opened().isDone() && c.failure().isEmpty();
      if (!open) {
        c.connection().abort(Ending.Cause.LOCAL_ERROR, "the scenario is over");
        continue;
      }
      closing.add(c.connection().close(CloseCode.NORMAL, ""));
      Duration own = c.connection().target().timeouts().close().plus(MARGIN);
      limit = own.compareTo(limit) > 0 ? own : limit;
    }
    try {
      CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      world
          .conversations()
          .forEach(c -> c.connection().abort(Ending.Cause.LOCAL_ERROR, "the close took too long"));
    }
  }

  /**
   * Messages are looked at after the closing handshake: whatever the peer sent before its own close
   * frame has arrived by then, so that a message too many cannot hide in a race.
   */
  private Optional<AssertionError> leftUnsaid(List<Conversation> dropped, Optional<Kept> lost) {
    if (world.dropsMatter() && lost.isPresent()) {
      Ended drop = lost.get().untold().orElseThrow();
      return Optional.of(
          lost.get()
              .mismatch(
                  "no drop that no step tells of (\"drops don't matter\" opts out)",
                  drop.ending().toString()));
    }
    if (world.dropsMatter() && !dropped.isEmpty()) {
      Conversation c = dropped.get(0);
      Optional<ConnectFailure> failure = c.failure();
      return Optional.of(
          Mismatch.of(
              c,
              "no drop: the scenario says nothing of one (\"drops don't matter\" opts out)",
              Mismatch.state(c),
              failure.isPresent()
                  ? "say \"the connection fails with " + failure.get().cause().label() + "\""
                  : "say \"the connection ends with "
                      + c.ending().orElseThrow().cause().label()
                      + "\""));
    }
    return world.messagesMatter()
        ? world.conversations().stream().flatMap(c -> unread(c).stream()).findFirst()
        : Optional.empty();
  }

  private static Optional<AssertionError> unread(Conversation c) {
    if (c.session().isPresent()) {
      return c.session().get().leftOver();
    }
    List<Message> left = c.inbox().waiting();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Mismatch.of(
            c,
            "no message left unread (\"further messages don't matter\" opts out)",
            left.size() + " left, the first is " + Payload.of(left.get(0))));
  }
}
