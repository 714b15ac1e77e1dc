package dev.echosounder.daemon;

import dev.echosounder.check.Timer;
import dev.echosounder.config.Config;
import dev.echosounder.config.ConfigFile;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.config.Environment;
import dev.echosounder.config.Loaded;
import dev.echosounder.config.Problem;
import dev.echosounder.config.WebConfigFile;
import dev.echosounder.hold.Keeper;
import dev.echosounder.hold.Turnstile;
import dev.echosounder.metrics.Metrics;
import dev.echosounder.peer.Peer;
import dev.echosounder.schedule.PauseMeter;
import dev.echosounder.schedule.Schedule;
import dev.echosounder.schedule.Time;
import dev.echosounder.web.History;
import dev.echosounder.web.Web;
import dev.echosounder.web.WebSecurity;
import dev.echosounder.ws.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long-running monitor: starts, reloads and stops everything else. Thread-safe.
 *
 * <p>Reloading is atomic: a file with problems changes nothing.
 */
public final class Daemon implements AutoCloseable {
  /** How long runs that are in flight may go on when the daemon stops. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private static final int MOST_IN_FLIGHT = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /**
   * How to start.
   *
   * @param config the configuration file; null watches an embedded peer
   * @param environment where {@code ${env:NAME}} looks
   * @param listen instead of the configuration's {@code web.listen}; null keeps that
   * @param shard which of the targets to watch
   * @param version of this program
   */
  public record Options(
      @Nullable Path config,
      Environment environment,
      Config.@Nullable HostPort listen,
      Shard shard,
      String version) {}

  /** How starting came out. */
  public sealed interface Started {
    /** It runs. */
    record Running(Daemon daemon) implements Started {}

    /** The configuration can't be used, and nothing was started. */
    record Bad(List<String> problems) implements Started {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  private final Options options;

  /** Closed in reverse order of being opened. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final Client client;
  private final Metrics metrics;
  private final Schedule schedule;
  private final Watch watch;
  private final Web web;
  private final Timer timer;
  private final Turnstile turnstile;

  /** Reads files: the configuration's and the discoveries'. */
  private final ScheduledThreadPoolExecutor blocking;

  private volatile Config config;

  /** How many targets there are for all shards together. */
  private volatile int known;

  /** Guarded by this. */
  private Finds finds;

  /** Guarded by this. */
  private boolean stopped;

  private Daemon(Options options, Config config, WebSecurity security, @Nullable Peer peer) {
    this.options = options;
    this.config = config;
    if (peer != null) {
      open.push(peer);
    }
    ScheduledThreadPoolExecutor timers = timers("echosounder-timers", 2);
    ScheduledThreadPoolExecutor ticks = timers("echosounder-pauses", 1);
    client = opened(Client.create());
    WarmUp.run(client, config.targets().stream().mapToInt(t -> t.checks().size()).sum());
    metrics = opened(Metrics.create(options.version(), FromConfig.otlp(config.otlp())));
    open.push(PauseMeter.start(Time.of(ticks), metrics.self()::pause));
    History history = new History(FromConfig.limits(config.history()));
    Timer timer = Timer.of(timers);
    turnstile = new Turnstile(timer, config.connectsPerSecond());
    schedule =
        new Schedule(
            Time.of(timers),
            timers,
            new Schedule.Options(MOST_IN_FLIGHT, options.version().hashCode()));
    watch =
        new Watch(
            new CheckTask.Tools(
                new Keeper.Shared(
                    client, timer, turnstile, () -> ThreadLocalRandom.current().nextDouble()),
                new LearntLimits(),
                metrics.self(),
                history,
                this::redact),
            schedule,
            metrics);
    blocking = timers("echosounder-reload", 1);
    this.timer = timer;
    watch(config.targets());
    // A discovery may find something before it is assigned: its refresh has to wait for that.
    synchronized (this) {
      finds = new Finds(config, null, timer, blocking, this::refresh);
    }
    Logs.apply(config.logging());
    metrics.self().reloadSucceeded(Instant.now());
    Config.HostPort listen = config.web().listen();
    DaemonSources sources =
        new DaemonSources(this, history, watch, metrics, new OnDemand(client, timer));
    web =
        opened(
            Web.start(
                Web.Settings.of(listen.host(), listen.port())
                    .withSecurity(security)
                    .withLimits(FromConfig.limits(config.web())),
                sources));
    Path file = options.config();
    if (file != null) {
      FileWatch changes = new FileWatch(() -> FromConfig.files(file, this.config), this::reload);
      blocking.scheduleWithFixedDelay(changes::look, 1, 1, TimeUnit.SECONDS);
      Hangup.handle(this::reload);
    }
  }

  /**
   * Starts, or says what is wrong with the configuration.
   *
   * @throws IllegalStateException if it can't listen where it should
   */
  public static Started start(Options options) {
    Path file = options.config();
    if (file == null) {
      Peer peer = Peer.start();
      Config.HostPort listen =
          options.listen() == null ? new Config.HostPort("127.0.0.1", 9115) : options.listen();
      return new Started.Running(
          new Daemon(options, Demo.config(peer, listen), WebSecurity.NONE, peer));
    }
    Loaded loaded = ConfigFile.load(file, options.environment(), Kinds.ALL);
    if (loaded instanceof Loaded.Bad bad) {
      return new Started.Bad(words(bad));
    }
    Config config = ((Loaded.Good) loaded).config();
    if (options.listen() != null) {
      config = FromConfig.listeningOn(config, options.listen());
    }
    WebConfigFile.Result security = FromConfig.security(config.web());
    return security.problems().isEmpty()
        ? new Started.Running(new Daemon(options, config, security.security(), null))
        : new Started.Bad(security.problems());
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private ScheduledThreadPoolExecutor timers(String name, int threads) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = Executors.defaultThreadFactory().newThread(task);
              thread.setName(name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    open.push(
        () -> {
          executor.shutdownNow();
          if (!executor.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{} still works", name);
          }
        });
    return executor;
  }

  private static List<String> words(Loaded.Bad bad) {
    return bad.problems().stream().map(Problem::toString).toList();
  }

  private String redact(String text) {
    return config.redactor().redact(text);
  }

  /** The port of the HTTP side. */
  public int port() {
    return web.port();
  }

  /** Whether it watches an embedded peer, for want of a configuration. */
  public boolean demo() {
    return options.config() == null;
  }

  String version() {
    return options.version();
  }

  /** A shard of which no target is may wait for some; a daemon that knows none is misconfigured. */
  boolean knowsTargets() {
    return known > 0;
  }

  Config config() {
    return config;
  }

  /**
   * Loads the configuration anew, and the users and certificates of the HTTP side. Where it listens
   * and how much it takes, {@code otlp} and {@code history} take a restart, which the log says.
   *
   * @return what is wrong with it, in which case nothing has changed; empty if it is in force
   */
  public synchronized List<String> reload() {
    Path file = options.config();
    if (file == null) {
      return List.of("there is no configuration file to load: the daemon was started without one");
    }
    Loaded loaded = ConfigFile.load(file, options.environment(), Kinds.ALL);
    if (loaded instanceof Loaded.Bad bad) {
      return refused(words(bad));
    }
    Config next = ((Loaded.Good) loaded).config();
    WebConfigFile.Result security = FromConfig.security(next.web());
    if (!security.problems().isEmpty()) {
      return refused(security.problems());
    }
    try {
      web.secure(security.security());
    } catch (IllegalArgumentException e) {
      return refused(List.of("%s: %s".formatted(next.web().configFile(), e.getMessage())));
    }
    FromConfig.afterRestart(config, next).forEach(part -> LOG.warn("{} takes a restart", part));
    finds.close();
    config = next;
    Logs.apply(next.logging());
    turnstile.rate(next.connectsPerSecond());
    finds = new Finds(next, finds, timer, blocking, this::refresh);
    refresh();
    metrics.self().reloadSucceeded(Instant.now());
    LOG.info("reloaded {}: {} targets", file, next.targets().size());
    return List.of();
  }

  private List<String> refused(List<String> problems) {
    metrics.self().reloadFailed();
    problems.forEach(problem -> LOG.error("reload refused: {}", problem));
    return problems;
  }

  /** A discovery has news, or the configuration is another. */
  private synchronized void refresh() {
    if (!stopped) {
      watch(finds.with(config.targets()));
    }
  }

  private void watch(List<ConfiguredTarget> all) {
    known = all.size();
    watch.replace(options.shard().of(all, ConfiguredTarget::name));
  }

  /** Lets runs in flight end, within two seconds, then frees every thread, port and socket. */
  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      finds.close();
    }
    web.close();
    open.remove(web);
    CompletableFuture<Void> held = watch.goAway();
    int cut = schedule.close(DRAIN).completeOnTimeout(-1, 5, TimeUnit.SECONDS).join();
    held.completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
    if (cut > 0) {
      LOG.warn("{} runs were cut short by the shutdown", cut);
    }
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("{} did not close", part, e);
      }
    }
  }
}
