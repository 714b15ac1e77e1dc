package dev.echosounder.bench;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One connection a block, driven and measured by the check that {@code probe --count} runs. */
final class OurRoundTrip implements RoundTrip.Way {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Client client;
  private final Target target;
  private final Timer timer;
  private final Check echo;

  OurRoundTrip(Client client, URI server, ScheduledExecutorService scheduler) {
    this.client = client;
    target = Target.of(server);
    timer = Timer.of(scheduler);
    Payload hello = Payload.text(RoundTrip.TEXT);
    echo = new Echo(hello, new Expectation.Exactly(hello), RoundTrip.BLOCK, 0);
  }

  @Override
  public long[] block() throws Exception {
    Outcome outcome = echo.run(client, target, PATIENCE, timer).get(10, TimeUnit.SECONDS);
    if (!(outcome instanceof Outcome.Passed passed)) {
      throw new IllegalStateException("the echo did not pass: " + outcome);
    }
    return passed.evidence().roundTrips().stream().mapToLong(Duration::toNanos).toArray();
  }
}
