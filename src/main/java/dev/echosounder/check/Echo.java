package dev.echosounder.check;

import dev.echosounder.ws.Client;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a message and expects the next message to be the right answer, {@code times} times on one
 * connection, one after the other.
 *
 * @param times at least 1
 * @param greetings how many messages the server sends by itself first; awaited, not looked at
 */
public record Echo(Payload payload, Expectation expectation, int times, int greetings)
    implements Check {

  public Echo {
    if (times < 1 || greetings < 0) {
      throw new IllegalArgumentException("expected times >= 1 and greetings >= 0");
    }
  }

  /** Sends {@code payload} once and expects the same back. */
  public static Echo of(Payload payload) {
    return new Echo(payload, new Expectation.Exactly(payload), 1, 0);
  }

  @Override
  public String kind() {
    return "echo";
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
    private int awaitedGreetings = greetings;
    private int awaitedAnswers = times;

    @Override
    public void opened(Run run) {
      speak(run);
    }

    @Override
    public void received(Run run, Message message) {
      if (message instanceof Message.Pong) {
        return;
      }
      if (awaitedGreetings > 0) {
        awaitedGreetings--;
        speak(run);
        return;
      }
      Payload answer = Payload.of(message);
      if (expectation.matches(answer)) {
        run.answered(message.nanos());
        awaitedAnswers--;
        speak(run);
      } else {
        run.fail(
            Fault.UNEXPECTED_MESSAGE,
            "expected %s, got %s".formatted(expectation.describe(), answer));
      }
    }

    private void speak(Run run) {
      if (awaitedGreetings > 0) {
        run.await(Stage.GREETING);
      } else if (awaitedAnswers > 0) {
        run.await(Stage.ECHO);
        run.send(payload);
      } else {
        run.done();
      }
    }
  }
}
