package dev.echosounder.web;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /probe}: one run for a Prometheus that decides what, and how often. */
final class Probes {
  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
  private static final String TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";

  /** Kept back from Prometheus' own timeout, so that the answer arrives before it. */
  private static final double OFFSET = 0.5;

  /** After the probe's own timeout. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Sources sources;
  private final Duration most;
  private final Semaphore slots;

  Probes(Sources sources, Web.Limits limits) {
    this.sources = sources;
    this.most = limits.probeTime();
    this.slots = new Semaphore(limits.probes());
  }

  /** Completes, never exceptionally, on the thread that finished the probe. */
  CompletableFuture<Reply> answer(Request request, Query query) {
    Sources.ProbeRequest asked =
        new Sources.ProbeRequest(
            query.need("target"),
            query.one("module"),
            timeout(request.getHeaders().get(TIMEOUT), most),
            "true".equals(query.one("debug")));
    if (!slots.tryAcquire()) {
      return CompletableFuture.completedFuture(Gate.busy("too many probes at once"));
    }
    CompletableFuture<Sources.ProbeAnswer> run = start(asked);
    long millis = asked.timeout().plus(GRACE).toMillis();
    return run.orTimeout(millis, TimeUnit.MILLISECONDS)
        .handle(
            (answer, failure) -> {
              slots.release();
              return failure == null ? reply(answer, asked.debug()) : failed(asked, failure);
            });
  }

  private CompletableFuture<Sources.ProbeAnswer> start(Sources.ProbeRequest asked) {
    try {
      return sources.probe(asked);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Reply reply(Sources.ProbeAnswer answer, boolean debug) {
    if (answer instanceof Sources.ProbeAnswer.Invalid invalid) {
      return Reply.text(400, invalid.reason());
    }
    String text = ((Sources.ProbeAnswer.Ran) answer).text();
    return Reply.of(200, debug ? Reply.TEXT : Reply.METRICS, text);
  }

  private static Reply failed(Sources.ProbeRequest asked, Throwable failure) {
    if (failure instanceof TimeoutException || failure instanceof CancellationException) {
      return Reply.text(504, "the probe did not end within " + asked.timeout().toMillis() + " ms");
    }
    LOG.error("a probe on demand failed", failure);
    return Reply.text(500, "a fault of our own; see the log");
  }

  /**
   * What Prometheus leaves us.
   *
   * @throws Query.Bad if it is no number of seconds
   */
  static Duration timeout(@Nullable String header, Duration most) {
    if (header == null) {
      return most;
    }
    double seconds;
    try {
      seconds = Double.parseDouble(header.trim());
    } catch (NumberFormatException e) {
      throw new Query.Bad(TIMEOUT + " is not a number of seconds");
    }
    if (!(seconds > 0 && seconds < 1e6)) {
      throw new Query.Bad(TIMEOUT + " is not a number of seconds above 0");
    }
    // Of a very short timeout the offset would leave nothing.
    double left = Math.max(seconds - OFFSET, seconds / 2);
    Duration asked = Duration.ofNanos((long) (left * 1e9));
    return asked.compareTo(most) < 0 ? asked : most;
  }
}
