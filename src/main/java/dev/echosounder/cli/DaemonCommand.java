package dev.echosounder.cli;

import dev.echosounder.config.Config;
import dev.echosounder.config.Environment;
import dev.echosounder.daemon.Daemon;
import dev.echosounder.daemon.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daemon}: watches endpoints until it is told to stop. */
@Command(
    name = "daemon",
    mixinStandardHelpOptions = true,
    description = {
      "Probes the configured endpoints for ever; serves metrics and a status page.",
      "Without --config it watches an echo server of its own."
    })
final class DaemonCommand implements Callable<Integer> {
  private static final String SHARD = "ECHOSOUNDER_SHARD";

  private final Io io;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration, YAML.")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen on this port of 127.0.0.1 instead of web.listen; 0 for a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = {
        "Watch only the targets that belong to the shard I, from 0, of N daemons with the same",
        "configuration. Default: the environment variable ECHOSOUNDER_SHARD, or 0/1."
      })
  private @Nullable String shard;

  DaemonCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() throws InterruptedException {
    Integer wanted = port;
    if (wanted != null && (wanted < 0 || wanted > 65_535)) {
      throw new BadInput("--port: expected 0 to 65535, got " + wanted);
    }
    Shard part = shard();
    CompletableFuture<Daemon> running = new CompletableFuture<>();
    // SIGINT and SIGTERM run the hook; the JVM ends when it returns. Before the daemon starts: a
    // signal that comes meanwhile is as good a request as any.
    Thread hook = new Thread(() -> stop(running.getNow(null)), "daemon-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    Daemon.Started started;
    try {
      started = start(wanted, part);
    } catch (RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      throw e;
    }
    if (started instanceof Daemon.Started.Bad bad) {
      Runtime.getRuntime().removeShutdownHook(hook);
      Problems.print(io, bad.problems());
      return Exit.USAGE;
    }
    Daemon daemon = ((Daemon.Started.Running) started).daemon();
    running.complete(daemon);
    say(daemon, part);
    new CountDownLatch(1).await();
    return Exit.PASSED;
  }

  private Daemon.Started start(@Nullable Integer wanted, Shard part) {
    String version = DaemonCommand.class.getPackage().getImplementationVersion();
    Config.HostPort listen = wanted == null ? null : new Config.HostPort("127.0.0.1", wanted);
    try {
      return Daemon.start(
          new Daemon.Options(
              config,
              Environment.of(io.environment()),
              listen,
              part,
              version == null ? "dev" : version));
    } catch (IllegalStateException e) {
      throw new BadInput(e.getMessage() + "; is the port in use, or the address another's?");
    }
  }

  private Shard shard() {
    String variable = io.environment().get(SHARD);
    String text = shard == null ? variable : shard;
    if (text == null) {
      return Shard.WHOLE;
    }
    String where = shard == null ? SHARD : "--shard";
    if (config == null) {
      throw new BadInput(where + ": expected --config FILE besides: there is nothing to divide");
    }
    try {
      return Shard.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput(where + ": " + e.getMessage());
    }
  }

  private void say(Daemon daemon, Shard part) {
    String base = "http://127.0.0.1:" + daemon.port();
    io.print(
        daemon.demo()
            ? "watching an echo server of its own, for want of --config FILE\n"
            : "watching " + (part.count() == 1 ? "" : "shard " + part + " of ") + config + "\n");
    for (String line :
        List.of(
            "status   " + base + "/", "metrics  " + base + "/metrics", "Stop it with Ctrl-C.")) {
      io.print(line + "\n");
    }
    io.out().flush();
  }

  /** A requested stop is a success, though the JVM would make 143 of a signal. */
  private static void stop(@Nullable Daemon daemon) {
    if (daemon != null) {
      daemon.close();
    }
    Runtime.getRuntime().halt(Exit.PASSED);
  }
}
