package dev.echosounder.daemon;

import static dev.echosounder.check.IdleFinding.Effect.DOES_NOT;
import static dev.echosounder.check.IdleFinding.Effect.KEEPS_ALIVE;
import static dev.echosounder.check.IdleFinding.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Idle;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.IdleFinding.Nature;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Timer;
import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Aging;
import dev.echosounder.servers.Apache;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.HaProxy;
import dev.echosounder.servers.JettyEcho;
import dev.echosounder.servers.Nginx;
import dev.echosounder.servers.Start;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The idle limits of real servers and proxies are found, with their endings and what resets them.
 * All runs go on at the same time; each test waits for its own.
 */
@Tag("surroundings")
final class IdleIT {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration WITHIN = Duration.ofMillis(300);
  private static final Idle CHECK = new Idle(Duration.ofSeconds(12), "beat");
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
  private static final Map<String, Start> STARTS = new HashMap<>();
  private static final Map<String, CompletableFuture<Outcome>> RUNS = new HashMap<>();

  @BeforeAll
  static void start() {
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    OPEN.push(timers::shutdownNow);
    Client client = Client.create();
    OPEN.push(client);
    Peer peer = Peer.start();
    OPEN.push(peer);
    Timer timer = Timer.of(timers);
    server(Nginx.start(LIMIT));
    server(HaProxy.start(LIMIT));
    server(Apache.start(LIMIT));
    server(new Start.Running(JettyEcho.start(LIMIT)));
    server(new Start.Running(Aging.start(LIMIT)));
    WarmUp.run(client, 1);
    STARTS.forEach(
        (name, start) -> {
          if (start instanceof Start.Running running) {
            run(name, running.server().uri(), CHECK, client, timer);
          }
        });
    for (String how : new String[] {"fin", "reset", "1001"}) {
      run(how, peer.uri("/idle?timeout=3s&how=" + how), CHECK, client, timer);
    }
    run("echo", peer.uri("/echo"), new Idle(LIMIT, null), client, timer);
  }

  private static void server(Start start) {
    STARTS.put(start.name(), start);
    if (start instanceof Start.Running running) {
      EchoServer server = running.server();
      OPEN.push(server);
    }
  }

  private static void run(String name, URI uri, Idle check, Client client, Timer timer) {
    RUNS.put(name, check.run(client, Target.of(uri), DEADLINE, timer));
  }

  @AfterAll
  static void stop() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  private static IdleFinding finding(String name) throws Exception {
    Start start = STARTS.get(name);
    if (start != null) {
      start.orSkip();
    }
    CompletableFuture<Outcome> run = RUNS.get(name);
    assertThat(run).isNotNull();
    Outcome outcome = run.get(60, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    IdleFinding finding = ((Outcome.Passed) outcome).evidence().idle();
    assertThat(finding).isNotNull();
    return finding;
  }

  private static void assertLimit(IdleFinding finding, Ending.Cause by) {
    assertThat(finding.nature()).as(finding.sentence()).isEqualTo(Nature.SILENCE);
    assertThat(finding.by()).isEqualTo(by);
    assertThat(finding.limit().orElseThrow()).isBetween(LIMIT.minus(WITHIN), LIMIT.plus(WITHIN));
    assertThat(finding.survived()).isBetween(LIMIT.dividedBy(5), LIMIT.plus(WITHIN));
  }

  private static void assertEveryFrameCounts(IdleFinding finding) {
    assertThat(finding.ping()).as("ping").isEqualTo(KEEPS_ALIVE);
    assertThat(finding.pong()).as("pong").isEqualTo(KEEPS_ALIVE);
    assertThat(finding.data()).as("data").isEqualTo(KEEPS_ALIVE);
  }

  @Test
  void nginx() throws Exception {
    assertLimit(finding("nginx"), Ending.Cause.EOF);
    assertEveryFrameCounts(finding("nginx"));
  }

  @Test
  void haproxy() throws Exception {
    assertLimit(finding("haproxy"), Ending.Cause.EOF);
    assertEveryFrameCounts(finding("haproxy"));
  }

  @Test
  void apache() throws Exception {
    assertLimit(finding("apache"), Ending.Cause.EOF);
    assertEveryFrameCounts(finding("apache"));
  }

  @Test
  void jetty() throws Exception {
    assertLimit(finding("jetty"), Ending.Cause.PEER_GOING_AWAY);
    assertEveryFrameCounts(finding("jetty"));
  }

  @Test
  void peerByFin() throws Exception {
    assertLimit(finding("fin"), Ending.Cause.EOF);
    assertEveryFrameCounts(finding("fin"));
  }

  @Test
  void peerByReset() throws Exception {
    assertLimit(finding("reset"), Ending.Cause.RESET);
  }

  @Test
  void peerByGoingAway() throws Exception {
    assertLimit(finding("1001"), Ending.Cause.PEER_GOING_AWAY);
  }

  @Test
  void serverThatNeverCuts() throws Exception {
    IdleFinding finding = finding("echo");
    assertThat(finding.nature()).isEqualTo(Nature.NOT_CUT);
    assertThat(finding.limit()).isEmpty();
    assertThat(finding.survived()).isGreaterThanOrEqualTo(LIMIT.minus(WITHIN));
    assertThat(finding.ping()).isEqualTo(UNKNOWN);
  }

  @Test
  void serverThatCutsByAgeHasNoIdleLimit() throws Exception {
    IdleFinding finding = finding("aging");
    assertThat(finding.nature()).as(finding.sentence()).isEqualTo(Nature.AGE);
    assertThat(finding.limit()).isEmpty();
    assertThat(finding.ping()).isEqualTo(DOES_NOT);
    assertThat(finding.data()).isEqualTo(DOES_NOT);
  }
}
