package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Servers that send anything at all: no hang, no exception out of a callback, exactly one end for
 * each connection, bounded memory. Each connection has a seed: {@code -Dechosounder.fuzz.seed}
 * repeats one; {@code -Dechosounder.fuzz.frames=1000000} is the long run.
 */
final class ClientFuzzTest {
  private static final long FRAMES = Long.getLong("echosounder.fuzz.frames", 10_000);
  private static final int AT_ONCE = 16;
  private static final Target.Timeouts TIMEOUTS =
      new Target.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(300));

  private final Map<String, Integer> seen = new TreeMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            complaints.add(event.getLoggerName() + ": " + event.getFormattedMessage());
          }
        }
      };
  private Thread.UncaughtExceptionHandler handler;

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void listen() {
    handler = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> complaints.add(thread.getName() + ": " + thrown));
    ears.start();
    root().addAppender(ears);
  }

  @AfterEach
  void deafen() {
    root().detachAppender(ears);
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  @Test
  void whateverAServerSendsEachConnectionEndsExactlyOnce() throws Exception {
    Long one = Long.getLong("echosounder.fuzz.seed");
    try (FuzzServer server = new FuzzServer();
        Client client = Client.create()) {
      long seed = one == null ? System.nanoTime() & 0xFFFFFFFFL : one;
      long heap = 0;
      for (long start = seed; server.frames.get() < FRAMES; start += AT_ONCE) {
        round(client, server, start, one == null ? AT_ONCE : 1);
        if (one != null) {
          return;
        }
        if (heap == 0 && server.frames.get() > FRAMES / 2) {
          heap = heap();
        }
      }
      assertThat(seen)
          .as("what came of %d frames, first seed %d", server.frames.get(), seed)
          .containsKeys(
              "eof", "reset", "protocol_violation", "closed_by_us", "peer_normal", "not_websocket");
      assertThat(heap() - heap).as("bytes kept by half of the run").isLessThan(2_000_000);
    }
  }

  private void round(Client client, FuzzServer server, long start, int count) throws Exception {
    List<Attempted> all = new ArrayList<>();
    for (long seed = start; seed < start + count; seed++) {
      all.add(new Attempted(client, server, seed));
    }
    for (Attempted each : all) {
      seen.merge(each.finish(), 1, Integer::sum);
      assertThat(complaints).as("seed %d or its %d neighbours", each.seed, count).isEmpty();
    }
  }

  private static final class Attempted {
    private final long seed;
    private final TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    private final Connection connection;

    Attempted(Client client, FuzzServer server, long seed) {
      this.seed = seed;
      Target target =
          Target.of(server.uri(seed))
              .withDeflate(seed % 2 == 0)
              .withTimeouts(TIMEOUTS)
              .withLimits(new Target.Limits(1 << 20, 1 << 20));
      connection = client.open(target, recorder, 50);
    }

    /** How it ended. A server that falls silent is left after a moment, as a user would. */
    String finish() throws Exception {
      try {
        if (connection.opened().get(10, TimeUnit.SECONDS) instanceof Event.Upgraded) {
          var pinged = connection.ping(Bytes.EMPTY);
          leave();
          assertThat(pinged).as("the ping, seed %d", seed).isDone();
        }
        connection.over().get(10, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        fail("seed %d hangs: %s", seed, connection.timeline().events());
      }
      recorder.assertPaired();
      return connection
          .ending()
          .map(ending -> ending.cause().label())
          .orElseGet(() -> ((ConnectFailure) connection.opened().join()).cause().label());
    }

    private void leave() throws InterruptedException, ExecutionException, TimeoutException {
      try {
        connection.ended().get(20, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        connection.close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
      }
    }
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
