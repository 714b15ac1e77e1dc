package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.servers.Alertmanager;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.Prometheus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The rules and routes that ship, in a real Prometheus and a real Alertmanager, only {@link Hurried
 * hurried}: what goes wrong reaches the right receiver, and what follows from it does not. With
 * native histograms; the tests of the rules have classic ones.
 */
@Tag("surroundings")
final class AlertsIT {
  private static final int STORMY = 6;

  /** These tell of a slow machine, which the one that runs this test may be. */
  private static final Set<String> OF_THE_MACHINE =
      Set.of("EchosounderProberPaused", "EchosounderProberLagging", "EchosounderRunsSkipped");

  @TempDir private Path directory;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Peer peer = opened(Peer.start());
  private final FaultProxy stormy = opened(FaultProxy.start(peer.uri("/")));
  private final FaultProxy shaky = opened(FaultProxy.start(peer.uri("/")));

  private <C extends AutoCloseable> C opened(C part) {
    open.push(part);
    return part;
  }

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void whatGoesWrongIsToldToTheRightReceiverAndWhatFollowsFromItIsNot() throws Exception {
    Webhook webhook = opened(Webhook.start());
    Path routes = Hurried.alertmanager(directory, webhook.port());
    Alertmanager alertmanager = opened(Alertmanager.startOrSkip(routes));
    Daemon doomed = opened(Daemons.start(write("doomed", "targets:\n" + hold("shaky", shaky))));
    Daemon daemon = opened(Daemons.start(watching()));
    Prometheus prometheus = opened(prometheus(alertmanager, doomed, daemon));
    String dead = address(doomed);
    dropAndDie(doomed, prometheus);
    Set<String> expected =
        Set.of(
            "/pages EchosounderReconnectStorm " + address(daemon),
            "/pages EchosounderProberDown " + dead,
            "/pages EchosounderCertificateVerySoon expiring",
            "/pages EchosounderTargetDown refusing",
            "/pages EchosounderProbedTargetDown " + peer.uri("/refuse/503"),
            "/tickets EchosounderTargetSlow slow");
    Set<String> inhibited =
        Set.of(
            "EchosounderDropRate shaky",
            "EchosounderDropRate stormy-1",
            "EchosounderCertificateSoon expiring",
            "EchosounderProbeFailing refusing");
    await(
        () ->
            webhook.told().containsAll(expected) && inhibited(alertmanager).containsAll(inhibited),
        () -> stormy.apply(Fault.parse("reset now")));
    Set<String> told = webhook.told();
    told.removeIf(alert -> OF_THE_MACHINE.contains(alert.split(" ", -1)[1]));
    assertThat(told).isEqualTo(new TreeSet<>(expected));
    assertThat(inhibited(alertmanager)).containsAll(inhibited);
    assertThat(webhook.texts()).noneMatch(text -> text.matches("(?i).*(no value|error ).*"));
  }

  /** A connection that drops often, and a prober that dies before it could be told. */
  private void dropAndDie(Daemon doomed, Prometheus prometheus) {
    int drops = 5;
    String stored = "echosounder:connection_drops:sum{target='shaky'}";
    // A rate knows nothing of what was before a series' first sample.
    await(() -> prometheus.value(stored).orElse(-1) == 0, () -> {});
    for (int drop = 1; drop <= drops; drop++) {
      int ended = drop;
      shaky.apply(Fault.parse("reset now"));
      Readings.when(doomed, r -> r.sum("echosounder_connection_ends_total") == ended);
      Readings.when(doomed, r -> r.sum("echosounder_connection_open") == 1);
    }
    await(() -> prometheus.value(stored).orElse(0) == drops, () -> {});
    doomed.close();
  }

  /** What Alertmanager knows and holds back. */
  private static Set<String> inhibited(Alertmanager alertmanager) {
    Set<String> about = new TreeSet<>();
    for (JsonNode alert : alertmanager.alerts()) {
      if (!alert.path("status").path("inhibitedBy").isEmpty()) {
        about.add(Webhook.about(alert));
      }
    }
    return about;
  }

  /** Until it is so; after a while it goes on, for the assertions say better what is missing. */
  private static void await(BooleanSupplier condition, Runnable meanwhile) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(80);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      meanwhile.run();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
  }

  private Path watching() throws IOException {
    Path certificates = Files.createDirectory(directory.resolve("certificates"));
    Peer expiring =
        opened(
            Peer.start(
                Peer.Options.defaults()
                    .withTls(new Certificates(certificates).server(Leaf.EXPIRING))));
    StringBuilder yaml =
        new StringBuilder(
            """
            logging: {level: error}
            web: {probe: {allow: {cidrs: [127.0.0.0/8]}}}
            modules: {handshake: {check: {kind: handshake}}}
            targets:
            """);
    yaml.append(target("healthy", peer.uri("/echo"), "{kind: echo, send: Hello, interval: 1s}"));
    yaml.append(target("refusing", peer.uri("/refuse/503"), "{kind: handshake, interval: 1s}"));
    URI slow = peer.uri("/echo?delay=1100ms");
    yaml.append(target("slow", slow, "{kind: echo, send: Hello, interval: 2s}"));
    yaml.append(target("expiring", expiring.uri("/echo"), "{kind: handshake, interval: 1s}"))
        .append("    tls: {verify: false}\n");
    for (int i = 1; i <= STORMY; i++) {
      yaml.append(hold("stormy-" + i, stormy));
    }
    return write("watching", yaml.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name + ".yml"), text);
  }

  private static String hold(String name, FaultProxy proxy) {
    String check = "{kind: hold, interval: 1s, reconnect_within: 50ms, stable_after: 1ms}";
    return target(name, proxy.uri("/echo"), check);
  }

  private static String target(String name, URI uri, String check) {
    return "  - name: %s\n    url: '%s'\n    checks: [%s]\n".formatted(name, uri, check);
  }

  private static String address(Daemon daemon) {
    return "127.0.0.1:" + daemon.port();
  }

  private Prometheus prometheus(Alertmanager alertmanager, Daemon doomed, Daemon daemon)
      throws IOException {
    Path home = Files.createDirectory(directory.resolve("prometheus"));
    Path config = Hurried.prometheus(home);
    Path targets = home.resolve("targets");
    String form = "- targets: [%s]\n";
    Files.writeString(targets.resolve("alertmanager.yml"), form.formatted(alertmanager.address()));
    Files.writeString(
        targets.resolve("echosounder.yml"),
        form.formatted(address(daemon) + ", " + address(doomed)));
    Files.writeString(
        targets.resolve("probe.yml"),
        form.formatted(peer.uri("/echo") + ", " + peer.uri("/refuse/503"))
            + "  labels: {__prober__: '%s', __param_module: handshake}\n"
                .formatted(address(daemon)));
    return Prometheus.startOrSkip(config, "--enable-feature=native-histograms");
  }
}
