package dev.echosounder.cli;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Handshake;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Ping;
import dev.echosounder.check.Timer;
import dev.echosounder.daemon.WarmUp;
import dev.echosounder.report.Secrets;
import dev.echosounder.report.TimelineJson;
import dev.echosounder.report.WireLog;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code probe}: one run against one endpoint, and everything that was seen. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Connects once, upgrades, optionally sends and expects, closes cleanly;",
      "shows the phases, what was negotiated, and every frame."
    })
final class ProbeCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(paramLabel = "URL", description = "ws:// or wss:// endpoint.")
  private String url = "";

  @Mixin private EndpointOptions endpoint = new EndpointOptions();

  @Option(names = "--send", paramLabel = "TEXT", description = "Send this text message.")
  private @Nullable String send;

  @Option(
      names = "--send-binary",
      paramLabel = "HEX",
      description = "Send this binary message, as hex digits.")
  private @Nullable String sendBinary;

  @Option(names = "--ping", description = "Send a ping frame and expect its pong.")
  private boolean ping;

  @Option(
      names = "--expect",
      paramLabel = "TEXT",
      description = "Expect this text as the answer. Default: the same that was sent.")
  private @Nullable String expect;

  @Option(
      names = "--expect-regex",
      paramLabel = "REGEX",
      description = "Expect a text answer in which this is found.")
  private @Nullable String expectRegex;

  @Option(
      names = "--expect-prefix",
      paramLabel = "TEXT",
      description = "Expect a text answer that begins like this.")
  private @Nullable String expectPrefix;

  @Option(
      names = "--greetings",
      paramLabel = "N",
      description = "The server sends this many messages by itself before it answers.")
  private int greetings;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Send and expect, or ping, N times on the one connection. Default: 1.")
  private int count = 1;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "For the whole run, from the name's look-up to the close. Default: 10s.")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(names = "--json", description = "One JSON object instead of text; see docs/json.md.")
  private boolean json;

  @Option(
      names = "--wire",
      description = "Show every event and frame as it happens; with --json, on standard error.")
  private boolean wire;

  @Mixin private TimelineFiles files = new TimelineFiles();

  ProbeCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    Check check = check();
    Target target = endpoint.target(url, io.environment());
    files.check();
    Secrets secrets = new Secrets();
    secrets.learn(target);
    Outcome outcome = watched(check, target, secrets);
    if (json) {
      io.print(secrets.redact(TimelineJson.summary(target, outcome)) + "\n");
    } else {
      new ProbeText(io, secrets::redact).print(target, check, outcome);
    }
    files.write(target, outcome, secrets);
    return outcome instanceof Outcome.Passed ? Exit.PASSED : Exit.FAILED;
  }

  private Outcome watched(Check check, Target target, Secrets secrets) {
    if (!wire) {
      return run(check, target, Listener.NONE);
    }
    try (WireLog log = json ? Wire.aside(io, secrets) : Wire.log(io, secrets, s -> s)) {
      return run(check, target, log);
    }
  }

  private Outcome run(Check check, Target target, Listener witness) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "probe-timer");
              thread.setDaemon(true);
              return thread;
            });
    try (Client client = Client.create()) {
      WarmUp.run(client, 1);
      client.witness(witness);
      return check.run(client, target, timeout, Timer.of(scheduler)).join();
    } finally {
      scheduler.shutdownNow();
    }
  }

  private Check check() {
    if (count < 1) {
      throw new BadInput("--count: expected at least 1, got " + count);
    }
    if (greetings < 0) {
      throw new BadInput("--greetings: expected at least 0, got " + greetings);
    }
    atMostOne("--send, --send-binary or --ping", send != null, sendBinary != null, ping);
    atMostOne(
        "--expect, --expect-regex or --expect-prefix",
        expect != null,
        expectRegex != null,
        expectPrefix != null);
    Payload payload = payload();
    if (payload != null) {
      return new Echo(payload, expectation(payload), count, greetings);
    }
    if (expect != null || expectRegex != null || expectPrefix != null || greetings > 0) {
      throw new BadInput("an expectation needs --send or --send-binary, got neither");
    }
    if (count > 1 && !ping) {
      throw new BadInput("--count needs --send, --send-binary or --ping, got none of them");
    }
    return ping ? new Ping(count) : new Handshake();
  }

  private static void atMostOne(String options, boolean... given) {
    int number = 0;
    for (boolean one : given) {
      number += one ? 1 : 0;
    }
    if (number > 1) {
      throw new BadInput("expected one of " + options + ", got " + number);
    }
  }

  private @Nullable Payload payload() {
    if (send != null) {
      return Payload.text(send);
    }
    if (sendBinary == null) {
      return null;
    }
    try {
      return Payload.binary(Bytes.hex(sendBinary));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          "--send-binary: expected pairs of hex digits such as 00ff, got \"" + sendBinary + "\"");
    }
  }

  private Expectation expectation(Payload payload) {
    if (expectRegex != null) {
      try {
        return new Expectation.Matching(Pattern.compile(expectRegex));
      } catch (PatternSyntaxException e) {
        throw new BadInput(
            "--expect-regex: expected a regular expression, got \"%s\": %s"
                .formatted(expectRegex, e.getDescription()));
      }
    }
    if (expectPrefix != null) {
      return new Expectation.StartingWith(expectPrefix);
    }
    return new Expectation.Exactly(expect == null ? payload : Payload.text(expect));
  }
}
