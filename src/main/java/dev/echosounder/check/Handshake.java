package dev.echosounder.check;

import dev.echosounder.ws.Client;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Connects, upgrades and closes cleanly. What the server says meanwhile does not matter. */
public record Handshake() implements Check {
  @Override
  public String kind() {
    return "handshake";
  }

  @Override
  public CompletableFuture<Outcome> run(
      Client client, Target target, Duration deadline, Timer timer) {
    return Run.start(script(), client, target, deadline, timer);
  }

  Script script() {
    return new Script() {
      @Override
      public void opened(Run run) {
        run.done();
      }

      @Override
      public void received(Run run, Message message) {}
    };
  }
}
