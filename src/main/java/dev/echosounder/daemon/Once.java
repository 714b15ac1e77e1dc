package dev.echosounder.daemon;

import dev.echosounder.check.Outcome;
import dev.echosounder.check.Timer;
import dev.echosounder.config.Config;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Every check of a configuration, one time: the gate for the production configuration in CI. */
public final class Once {
  /** So many at a time: a gate has no hurry, and the runner's machine is small. */
  private static final int AT_ONCE = 50;

  /** How one check came out. */
  public record Result(String target, String check, Outcome outcome) {
    /** Whether it passed. */
    public boolean passed() {
      return outcome instanceof Outcome.Passed;
    }
  }

  private record Started(String target, String check, CompletableFuture<Outcome> outcome) {}

  private Once() {}

  /** Runs and waits for all; each ends by its own timeout. In the order of the file. */
  public static List<Result> run(Config config) {
    return run(config, Listener.NONE);
  }

  /**
   * The same, watched.
   *
   * @param wire hears every event of every connection on its I/O thread
   */
  public static List<Result> run(Config config, Listener wire) {
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    timers.setRemoveOnCancelPolicy(true);
    List<Result> results = new ArrayList<>();
    List<Started> batch = new ArrayList<>();
    try (Client client = Client.create()) {
      WarmUp.run(client, 1);
      client.witness(wire);
      Timer timer = Timer.of(timers);
      for (ConfiguredTarget target : config.targets()) {
        for (ConfiguredCheck check : target.checks()) {
          batch.add(
              new Started(
                  target.name(),
                  check.name(),
                  check.check().run(client, target.endpoint(), check.timeout(), timer)));
          if (batch.size() == AT_ONCE) {
            collect(batch, results);
          }
        }
      }
      collect(batch, results);
    } finally {
      timers.shutdownNow();
    }
    return results;
  }

  private static void collect(List<Started> batch, List<Result> results) {
    batch.forEach(s -> results.add(new Result(s.target(), s.check(), s.outcome().join())));
    batch.clear();
  }
}
