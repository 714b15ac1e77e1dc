package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Handshake;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Ping;
import dev.echosounder.config.Config;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.config.Redactor;
import dev.echosounder.hold.BackOff;
import dev.echosounder.hold.Heartbeat;
import dev.echosounder.hold.Hold;
import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a daemon without a configuration watches: a peer of its own, in four ways. */
final class Demo {
  private static final int CONNECTS_PER_SECOND = 200;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private Demo() {}

  static Config config(Peer peer, Config.HostPort listen) {
    Payload hello = Payload.text("Hello");
    ConfiguredTarget target =
        new ConfiguredTarget(
            "embedded-peer",
            Map.of(),
            Target.of(peer.uri("/echo")),
            List.of(
                check("handshake", new Handshake()),
                check("echo", new Echo(hello, new Expectation.Exactly(hello), 1, 0)),
                check("ping", new Ping(1)),
                check("hold", new Hold(new Heartbeat.Ping(), BackOff.DEFAULT, null))));
    return new Config(
        List.of(target),
        List.of(),
        Map.of(),
        new Config.Web(
            listen,
            null,
            512,
            new Config.Probe(
                new Config.Allow(List.of("ws", "wss"), List.of(), List.of()),
                32,
                Duration.ofMinutes(1))),
        CONNECTS_PER_SECOND,
        null,
        new Config.History(100, 20, 64 << 20),
        new Config.Logging(Config.Logging.Level.INFO, Config.Logging.Format.TEXT),
        Redactor.none(),
        "# no configuration file: the embedded peer is watched\n");
  }

  private static ConfiguredCheck check(String name, Check check) {
    return new ConfiguredCheck(name, check, EVERY, EVERY);
  }
}
