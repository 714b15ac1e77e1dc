package dev.echosounder.bench;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Timer;
import dev.echosounder.peer.Peer;
import dev.echosounder.schedule.Job;
import dev.echosounder.schedule.Plan;
import dev.echosounder.schedule.Schedule;
import dev.echosounder.schedule.Skip;
import dev.echosounder.schedule.Task;
import dev.echosounder.schedule.Time;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers: do bad targets make the others late? The schedule lag of 110 good targets, alone and
 * beside 50 that are silent, 20 that refuse, 10 that reset and 10 whose name does not resolve; each
 * checked once a second. Alone, then together, twice, in one process: {@code ScheduleLag
 * [SECONDS]}.
 */
final class ScheduleLag {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMillis(900);
  private static final Check ECHO = Echo.of(Payload.text("Hello"));

  private final Client client = Client.create();
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(2);
  private final Timer timer = Timer.of(timers);

  private ScheduleLag() {
    timers.setRemoveOnCancelPolicy(true);
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    ScheduleLag bench = new ScheduleLag();
    try (Peer peer = Peer.start()) {
      bench.lag(peer, true, 5);
      System.out.printf(
          "%-20s %8s %8s %8s %8s %8s%n", "lag, µs", "starts", "p50", "p99", "max", "skipped");
      for (int round = 0; round < 2; round++) {
        bench.print("110 good, alone", bench.lag(peer, false, seconds));
        bench.print("beside 90 bad", bench.lag(peer, true, seconds));
      }
    } finally {
      bench.client.close();
      bench.timers.shutdownNow();
    }
  }

  private record Lags(List<Long> sorted, long skipped) {}

  private void print(String name, Lags lags) {
    List<Long> all = lags.sorted();
    System.out.printf(
        "%-20s %8d %8.0f %8.0f %8.0f %8d%n",
        name,
        all.size(),
        all.get(all.size() / 2) / 1e3,
        all.get(all.size() * 99 / 100) / 1e3,
        all.get(all.size() - 1) / 1e3,
        lags.skipped());
  }

  private Lags lag(Peer peer, boolean bad, int seconds) throws Exception {
    Queue<Long> lags = new ConcurrentLinkedQueue<>();
    LongAdder skipped = new LongAdder();
    List<Job> jobs = new ArrayList<>();
    add(jobs, 110, "good", peer.uri("/echo"), lags, skipped);
    if (bad) {
      Queue<Long> others = new ConcurrentLinkedQueue<>();
      LongAdder ignored = new LongAdder();
      add(jobs, 50, "silent", peer.uri("/silent"), others, ignored);
      add(jobs, 20, "closed", URI.create("ws://127.0.0.1:" + closedPort()), others, ignored);
      add(jobs, 10, "reset", peer.uri("/reset?after=1"), others, ignored);
      add(jobs, 10, "nowhere", URI.create("ws://nowhere.invalid/"), others, ignored);
    }
    Schedule schedule = new Schedule(Time.of(timers), timers, new Schedule.Options(10_000, 1));
    schedule.replace(jobs);
    TimeUnit.SECONDS.sleep(seconds);
    schedule.close(Duration.ofSeconds(2)).get(5, TimeUnit.SECONDS);
    return new Lags(lags.stream().sorted().toList(), skipped.sum());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void add(
      List<Job> jobs, int count, String name, URI uri, Queue<Long> lags, LongAdder skipped) {
    for (int i = 0; i < count; i++) {
      Plan plan = Plan.every(INTERVAL);
      jobs.add(new Job(name + i, plan, new Probe(Target.of(uri), lags, skipped)));
    }
  }

  private final class Probe implements Task {
    private final Target target;
    private final Queue<Long> lags;
    private final LongAdder skipped;

    Probe(Target target, Queue<Long> lags, LongAdder skipped) {
      this.target = target;
      this.lags = lags;
      this.skipped = skipped;
    }

    @Override
    public CompletionStage<?> start() {
      return ECHO.run(client, target, TIMEOUT, timer);
    }

    @Override
    public void onStart(Duration lag) {
      lags.add(lag.toNanos());
    }

    @Override
    public void onSkip(Skip reason, long instants) {
      skipped.add(instants);
    }

    @Override
    public void onDefect(Throwable defect) {
      throw new IllegalStateException(defect);
    }
  }
}
