package dev.echosounder.check;

import dev.echosounder.ws.Client;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Sends and expects messages in an order, on one connection, and uses what it captures of one in
 * the next. Every message of the server counts: one that is not the expected one fails the run,
 * unless the step skips others. Pongs are let pass.
 */
public record Dialogue(List<Turn> turns) implements Check {
  /** Always known: another one in each run. */
  public static final String UUID_NAME = "uuid";

  public Dialogue {
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("expected at least one turn");
    }
    turns = List.copyOf(turns);
  }

  @Override
  public String kind() {
    return "dialogue";
  }

  @Override
  public CompletableFuture<Outcome> run(
      Client client, Target target, Duration deadline, Timer timer) {
    return Run.start(script(), client, target, deadline, timer);
  }

  Script script() {
    return new Exchange();
  }

  private final class Exchange implements Script {
    private final Map<String, String> captured = new HashMap<>();
    private int next;
    private int skipped;
    private boolean asked;

    @Override
    public void opened(Run run) {
      captured.put(UUID_NAME, UUID.randomUUID().toString());
      speak(run);
    }

    @Override
    public void received(Run run, Message message) {
      if (message instanceof Message.Pong || !(turns.get(next) instanceof Turn.Expect expect)) {
        return;
      }
      Payload seen = Payload.of(message);
      Expectation expectation = expect.reply().given(captured);
      Optional<String> difference = expectation.difference(seen);
      if (difference.isPresent() && skipped < expect.skip()) {
        skipped++;
        awaitMessage(run, expectation, "; the last: " + difference.get());
      } else if (difference.isPresent()) {
        run.fail(Fault.UNEXPECTED_MESSAGE, "step %d: %s".formatted(next + 1, difference.get()));
      } else {
        met(run, message, expect, expectation, seen);
      }
    }

    private void met(
        Run run, Message message, Turn.Expect expect, Expectation expectation, Payload seen) {
      if (asked) {
        run.answered(message.nanos());
        asked = false;
      }
      captured.putAll(expectation.captures(seen));
      Json json = expect.captures().isEmpty() ? null : Json.parse(seen.text()).orElse(null);
      for (Map.Entry<String, Json.Path> capture : expect.captures().entrySet()) {
        Optional<String> value = json == null ? Optional.empty() : json.at(capture.getValue());
        if (value.isEmpty()) {
          run.fail(
              Fault.UNEXPECTED_MESSAGE,
              "step %d: nothing to capture as %s at %s in %s"
                  .formatted(next + 1, capture.getKey(), capture.getValue(), seen));
          return;
        }
        captured.put(capture.getKey(), value.get());
      }
      next++;
      skipped = 0;
      speak(run);
    }

    private void speak(Run run) {
      while (next < turns.size()) {
        Turn turn = turns.get(next);
        if (turn instanceof Turn.Expect expect) {
          awaitMessage(run, expect.reply().given(captured), "");
          return;
        }
        run.send(
            turn instanceof Turn.Send send
                ? Payload.text(send.text().fill(captured))
                : ((Turn.Say) turn).payload());
        asked = true;
        next++;
      }
      run.done();
    }

    private void awaitMessage(Run run, Expectation expectation, String last) {
      String others = skipped == 0 ? "" : " (skipped %d%s)".formatted(skipped, last);
      run.await(
          Stage.MESSAGE,
          "the message of step %d, %s%s".formatted(next + 1, expectation.describe(), others));
    }
  }
}
