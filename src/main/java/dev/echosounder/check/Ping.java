package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a ping frame and expects a pong with the same data (RFC 6455 §5.5.3), {@code times} times
 * on one connection. Messages and unsolicited pongs are let pass.
 *
 * @param times at least 1
 */
public record Ping(int times) implements Check {

  public Ping {
    if (times < 1) {
      throw new IllegalArgumentException("expected times >= 1");
    }
  }

  @Override
  public String kind() {
    return "ping";
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
    private int sent;

    /** Different each time: a late pong to an earlier ping is no answer to this one. */
    private Bytes data = Bytes.EMPTY;

    @Override
    public void opened(Run run) {
      speak(run);
    }

    @Override
    public void received(Run run, Message message) {
      if (message instanceof Message.Pong pong && pong.bytes().equals(data)) {
        run.answered(pong.nanos());
        speak(run);
      }
    }

    private void speak(Run run) {
      if (sent == times) {
        run.done();
        return;
      }
      sent++;
      data = Bytes.utf8("echosounder " + sent);
      run.await(Stage.PONG);
      run.ping(data);
    }
  }
}
