package dev.echosounder.check;

import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What one run verifies about an endpoint. Immutable and reusable: each run has a state of its own.
 * Open for new kinds; what a run can say is closed: {@link Outcome}.
 */
public interface Check {
  /** Its name in configuration, labels and output: {@code echo}. */
  String kind();

  /** The least deadline that its runs make sense with; a configuration that gives less is wrong. */
  default Duration needs() {
    return Duration.ZERO;
  }

  /**
   * Starts one run and returns at once; no thread waits for its end.
   *
   * @param deadline covers all of it: looking up the name, connecting, TLS, upgrade, every message
   *     and the close
   * @return completes, never exceptionally, on the thread that saw the end
   * @throws IllegalArgumentException if the target's options cannot be used, for example a
   *     certificate file that does not exist
   */
  CompletableFuture<Outcome> run(Client client, Target target, Duration deadline, Timer timer);
}
