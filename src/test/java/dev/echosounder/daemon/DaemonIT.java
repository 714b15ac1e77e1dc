package dev.echosounder.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole daemon, over HTTP, against a peer that misbehaves. */
final class DaemonIT {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private String get(Daemon daemon, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Reads until it fits: the daemon works on its own schedule. */
  private String await(Daemon daemon, String path, Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    String body = get(daemon, path);
    while (!wanted.test(body) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      body = get(daemon, path);
    }
    assertThat(wanted.test(body)).as(body).isTrue();
    return body;
  }

  private Path config(Peer peer, String... paths) throws IOException {
    StringBuilder yaml = new StringBuilder("targets:\n");
    for (String path : paths) {
      yaml.append("  - name: ").append(path.replaceAll("[^a-z0-9]", "-").substring(1));
      yaml.append("\n    url: ").append(peer.uri(path)).append("\n    checks:\n");
      yaml.append("      - kind: echo\n        send: Hello\n");
      yaml.append("        interval: 500ms\n        timeout: 400ms\n");
    }
    return Files.writeString(directory.resolve("echosounder.yml"), yaml);
  }

  @Test
  void withoutAConfigurationItWatchesAPeerOfItsOwn() throws Exception {
    try (Daemon daemon = Daemons.start(null)) {
      String up = "echosounder_probe_up{check=\"echo\",target=\"embedded-peer\"} 1";
      await(daemon, "/metrics", body -> body.contains(up));
      assertThat(get(daemon, "/")).contains("embedded-peer");
      assertThat(get(daemon, "/-/ready")).contains("ready");
    }
  }

  @Test
  void eachTargetIsCountedUnderItsOwnCause() throws Exception {
    try (Peer peer = Peer.start();
        Daemon daemon =
            Daemons.start(config(peer, "/echo", "/silent", "/refuse/503", "/reset?after=1"))) {
      await(
          daemon,
          "/metrics",
          body ->
              up(body, "echo", 1)
                  && failed(body, "silent", "timeout")
                  && failed(body, "refuse-503", "http_status"));
      assertThat(get(daemon, "/")).contains("silent").contains("timeout");
    }
  }

  @Test
  void aReloadKeepsWhatIsUnchangedAndABadFileChangesNothing() throws Exception {
    try (Peer peer = Peer.start();
        Daemon daemon = Daemons.start(config(peer, "/echo"))) {
      await(daemon, "/metrics", body -> up(body, "echo", 1));
      long runs = runs(get(daemon, "/metrics"));
      config(peer, "/echo", "/silent");
      assertThat(daemon.reload()).isEmpty();
      String both = get(daemon, "/metrics");
      assertThat(both).contains("target=\"silent\"");
      assertThat(runs(both)).isGreaterThanOrEqualTo(runs);
      Files.writeString(directory.resolve("echosounder.yml"), "targets:\n  - nam: x\n");
      assertThat(daemon.reload()).isNotEmpty().first().asString().contains("echosounder.yml:2:");
      assertThat(get(daemon, "/metrics"))
          .contains("target=\"silent\"")
          .contains("echosounder_config_last_reload_successful 0");
    }
  }

  @Test
  void itReloadsByItselfWhenTheFileChanges() throws Exception {
    try (Peer peer = Peer.start();
        Daemon daemon = Daemons.start(config(peer, "/echo"))) {
      config(peer, "/echo", "/silent");
      await(daemon, "/metrics", body -> body.contains("target=\"silent\""));
    }
  }

  @Test
  void aReloadTakesOverTheUsersOfTheHttpSide() throws Exception {
    try (Peer peer = Peer.start()) {
      Path users = Files.writeString(directory.resolve("web.yml"), "basic_auth_users: {}\n");
      Path file = config(peer, "/echo");
      Files.writeString(file, Files.readString(file) + "web: {config_file: web.yml}\n");
      try (Daemon daemon = Daemons.start(file)) {
        assertThat(get(daemon, "/metrics")).contains("echosounder_probe_runs_total");
        Files.writeString(users, "basic_auth_users: {bob: plain}\n");
        assertThat(daemon.reload()).first().asString().contains("web.yml:1:");
        assertThat(get(daemon, "/metrics")).contains("config_last_reload_successful 0");
        Files.writeString(
            users,
            "basic_auth_users: {bob: $2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze}\n");
        // Found by itself, too.
        await(daemon, "/metrics", body -> !body.contains("echosounder_probe_runs_total"));
      }
    }
  }

  @Test
  void probeOnDemandReachesNothingUnlessAllowed() throws Exception {
    try (Peer peer = Peer.start()) {
      Path file = config(peer, "/echo");
      String module = "modules:\n  echo:\n    check: {kind: echo, send: Hello}\n";
      Files.writeString(file, Files.readString(file) + module);
      try (Daemon daemon = Daemons.start(file)) {
        String query = "/probe?module=echo&target=" + peer.uri("/echo");
        assertThat(get(daemon, query)).contains("not allowed");
        String allow = "web: {probe: {allow: {cidrs: [127.0.0.0/8]}}}\n";
        Files.writeString(file, Files.readString(file) + allow);
        assertThat(daemon.reload()).isEmpty();
        assertThat(get(daemon, query)).contains("probe_success 1");
        String private10 = "/probe?module=echo&target=ws://10.0.0.1:9/";
        assertThat(get(daemon, private10)).contains("probe_success 0");
      }
    }
  }

  /** Names are resolved on loopback only: localhost, and spellings of an address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://127.0.0.1:PORT/echo",
        "ws://127.1:PORT/echo",
        "ws://127.0.1:PORT/echo",
        "ws://2130706433:PORT/echo",
        "ws://0177.0.0.1:PORT/echo",
        "ws://0x7f.0.0.1:PORT/echo",
        "ws://0x7f000001:PORT/echo",
        "ws://127.000.000.001:PORT/echo",
        "ws://0.0.0.0:PORT/echo",
        "ws://0:PORT/echo",
        "ws://[::1]:PORT/echo",
        "ws://[::]:PORT/echo",
        "ws://[::ffff:127.0.0.1]:PORT/echo",
        "ws://[::ffff:7f00:1]:PORT/echo",
        "ws://[0:0:0:0:0:0:0:1]:PORT/echo",
        "ws://localhost:PORT/echo",
        "ws://LOCALHOST.:PORT/echo",
        "ws://user@127.0.0.1:PORT/echo",
        "ws://example.org@127.0.0.1:PORT/echo",
        "ws://169.254.169.254/latest/meta-data",
        "ws://[fe80::1]:PORT/echo",
        "http://127.0.0.1:PORT/echo",
        "file:///etc/passwd",
        "//127.0.0.1:PORT/echo",
        "127.0.0.1:PORT",
      })
  void noSpellingOfAnAddressGetsRoundTheAllowlist(String target) throws Exception {
    try (Peer peer = Peer.start()) {
      Path file = config(peer, "/echo");
      String rest =
          """
          modules:
            echo:
              check: {kind: echo, send: Hello}
          web: {probe: {allow: {%s}}}
          """;
      String given = target.replace("PORT", String.valueOf(peer.uri("/").getPort()));
      String query = "/probe?module=echo&target=" + URLEncoder.encode(given, UTF_8);
      for (String allow :
          List.of(
              "",
              "cidrs: [192.0.2.0/24, '2001:db8::/32']",
              "hosts: ['*.example.org', localhost, localhost., example.org]")) {
        Files.writeString(file, Files.readString(config(peer, "/silent")) + rest.formatted(allow));
        try (Daemon daemon = Daemons.start(file)) {
          assertThat(get(daemon, query)).doesNotContain("probe_success 1");
        }
        // Only the target that the configuration names was reached.
        assertThat(peer.ledger().messagesOut()).as(allow).isZero();
      }
    }
  }

  @Test
  void aRedirectIsNotFollowedFromAnAllowedTargetToAnother() throws Exception {
    try (Peer allowed = Peer.start();
        Peer hidden = Peer.start()) {
      Path file = config(allowed, "/echo");
      String module = "modules:\n  echo:\n    check: {kind: echo, send: Hello}\n";
      String allow = "web: {probe: {allow: {cidrs: [127.0.0.0/8]}}}\n";
      Files.writeString(file, Files.readString(file) + module + allow);
      URI to = URI.create("http" + hidden.uri("/echo").toString().substring(2));
      URI from = allowed.uri("/redirect?status=302&to=" + URLEncoder.encode(to.toString(), UTF_8));
      try (Daemon daemon = Daemons.start(file)) {
        String query = "/probe?debug=true&module=echo&target=";
        assertThat(get(daemon, query + URLEncoder.encode(from.toString(), UTF_8)))
            .contains("probe_success 0", "redirect at upgrade");
        assertThat(hidden.ledger().upgrades()).isZero();
      }
    }
  }

  @Test
  void discoveredTargetsAreWatchedAndVanishWithTheirFile() throws Exception {
    try (Peer peer = Peer.start()) {
      Path file = config(peer, "/echo");
      String discovery =
          """
          discovery:
            - name: files
              file_sd: {files: [found.json], refresh_interval: 1s}
              template:
                checks: [{kind: handshake, interval: 1s, timeout: 1s}]
          """;
      Files.writeString(file, Files.readString(file) + discovery);
      String found = "[{\"targets\": [\"%s\"]}]".formatted(peer.uri("/echo"));
      Files.writeString(directory.resolve("found.json"), found);
      try (Daemon daemon = Daemons.start(file)) {
        await(daemon, "/metrics", body -> body.contains("check=\"handshake\""));
        Files.writeString(directory.resolve("found.json"), "[]");
        await(daemon, "/metrics", body -> !body.contains("check=\"handshake\""));
      }
    }
  }

  @Test
  void aSecretInAMessageIsShownNowhere() throws Exception {
    try (Peer peer = Peer.start()) {
      Path file = config(peer, "/echo");
      String send = Files.readString(file).replace("Hello", "'${env:TOKEN}'\n        expect: no");
      Files.writeString(file, send);
      String secret = "<s3cr3t & more>";
      try (Daemon daemon = Daemons.start(file, Map.of("TOKEN", secret))) {
        await(daemon, "/metrics", body -> failed(body, "echo", "unexpected_message"));
        for (String path :
            List.of(
                "/",
                "/target/echo",
                "/run/1",
                "/api/status",
                "/api/history?target=echo&check=echo")) {
          assertThat(get(daemon, path))
              .as(path)
              .contains("redacted")
              .doesNotContain("s3cr3t", "&amp; more");
        }
      }
    }
  }

  @Test
  void closingLeavesNoThread() throws Exception {
    try (Peer peer = Peer.start()) {
      Daemon daemon = Daemons.start(config(peer, "/echo", "/silent"));
      await(daemon, "/metrics", body -> up(body, "echo", 1));
      daemon.close();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("echosounder-")) {
          // An executor counts as terminated shortly before its last thread is gone.
          thread.join(5_000);
          assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
      }
    }
  }

  private static boolean up(String metrics, String target, int value) {
    return metrics
        .lines()
        .anyMatch(
            line ->
                line.startsWith("echosounder_probe_up{")
                    && line.contains("target=\"" + target + "\"")
                    && line.matches(".*\\} " + value + "(\\.0)?"));
  }

  private static boolean failed(String metrics, String target, String cause) {
    return metrics
        .lines()
        .anyMatch(
            line ->
                line.startsWith("echosounder_probe_failures_total{")
                    && line.contains("cause=\"" + cause + "\"")
                    && line.contains("target=\"" + target + "\"")
                    && !line.matches(".*\\} 0(\\.0)?"));
  }

  private static long runs(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("echosounder_probe_runs_total{"))
        .filter(line -> line.contains("target=\"echo\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
