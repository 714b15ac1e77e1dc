package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reports of whole commands, as a build would ask for them. */
final class ReportsIT {
  private static final String PASSWORD = "pl4nted/p<ssword";
  private static final String BEARER = "pl4nted-b3arer";
  private static final String COOKIE = "pl4nted-c00kie";
  private static final String KEY = "pl4nted-k3y";

  @TempDir private Path directory;

  private Path feature(String text) throws IOException {
    return Files.writeString(directory.resolve("a.feature"), text);
  }

  private Map<String, String> written() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".feature")) {
          all.put(directory.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return all;
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** Every secret that a run can be given, and a scenario that fails with all of them in use. */
  private static final String LEAKY =
      """
      Feature: secrets
        Scenario: one in every place
          Given the user "ann" with the password "%s"
          And the header "X-Api-Key" is "%s"
          And the cookie "id" is "%s"
          And I connect
          When I send "%s and %s"
          Then I receive "%s"
        Scenario: a bearer token
          Given the endpoint "/auth/bearer?token=%s"
          And the bearer token "%s"
          When I connect
          And I send "%s"
          Then I receive "ho"
      """
          .formatted(PASSWORD, KEY, COOKIE, PASSWORD, KEY, COOKIE, BEARER, BEARER, BEARER);

  @Test
  void noArtefactOfARunShowsASecret() throws IOException {
    Program.Result result;
    try (Peer peer = Peer.start()) {
      result =
          new Program()
              .with("GITHUB_ACTIONS", "true")
              .with("GITHUB_STEP_SUMMARY", path("summary.md"))
              .run(
                  "test",
                  feature(LEAKY).toString(),
                  "--target=" + peer.uri("/auth/basic?user=ann&password=" + encoded(PASSWORD)),
                  "--wire",
                  "--report=" + path("report"),
                  "--junit=" + path("junit.xml"),
                  "--html=" + path("cucumber.html"),
                  "--messages=" + path("messages.ndjson"));
    }
    assertThat(result.out())
        .contains("0 passed, 2 failed", "expected the text \"<redacted>\"", "101 upgraded");
    Map<String, String> artefacts = written();
    assertThat(artefacts.keySet())
        .contains(
            "cucumber.html",
            "junit.xml",
            "messages.ndjson",
            "summary.md",
            "report/index.html",
            "report/scenario-001.har",
            "report/scenario-001.html",
            "report/scenario-001.jsonl",
            "report/scenario-002.html");
    artefacts.put("standard output", result.out());
    artefacts.put("standard error", result.err());
    byte[] basic = ("ann:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().encodeToString(basic);
    artefacts.forEach((name, text) -> assertThat(text).as(name).doesNotContain("pl4nted", encoded));
    for (String name : List.of("junit.xml", "cucumber.html", "report/scenario-001.html")) {
      assertThat(artefacts.get(name)).as(name).contains("redacted", "101 upgraded");
    }
  }

  /** What no connection shows: steps say it, of which one fails before anything is dialled. */
  private static final String UNUSED =
      """
      Feature: secrets
        Background:
          Given the proxy "http://127.0.0.1:1" with the user "ann" and the password "pl4nted-proxy"
          And the client certificate "c.p12" with the password "pl4nted-p12"
          And these OAuth2 client credentials:
            | token url | http://127.0.0.1:1/token |
            | client    | probe                    |
            | secret    | pl4nted-0auth            |
          And the cookie "id" is "pl4nted-c00kie"
        Scenario: nothing is dialled
          Then I receive "pl4nted-p12"
        Scenario: the token can't be had
          When I connect
      """;

  @Test
  void noArtefactShowsASecretThatNoConnectionUsed() throws IOException {
    Program.Result result =
        new Program()
            .with("GITHUB_ACTIONS", "true")
            .with("GITHUB_STEP_SUMMARY", path("summary.md"))
            .run(
                "test",
                feature(UNUSED).toString(),
                "--target=ws://ann:pl4nted-us3r@127.0.0.1:1/",
                "--wire",
                "--report=" + path("report"),
                "--junit=" + path("junit.xml"),
                "--html=" + path("cucumber.html"),
                "--messages=" + path("messages.ndjson"));
    assertThat(result.out()).contains("0 passed, 2 failed", "no access token: ");
    Map<String, String> artefacts = written();
    artefacts.put("standard output", result.out());
    artefacts.put("standard error", result.err());
    artefacts.forEach((name, text) -> assertThat(text).as(name).doesNotContain("pl4nted"));
    for (String name : List.of("messages.ndjson", "cucumber.html")) {
      assertThat(artefacts.get(name)).as(name).contains("redacted", "127.0.0.1:1/token");
    }
    assertThat(artefacts.get("report/scenario-001.html")).contains("redacted");
  }

  @Test
  void noFileOfAProbeShowsASecret() throws IOException {
    Program.Result result;
    try (Peer peer = Peer.start()) {
      result =
          new Program()
              .with("TOKEN", BEARER)
              .run(
                  "probe",
                  peer.uri("/auth/bearer?token=" + BEARER).toString(),
                  "--bearer=env:TOKEN",
                  "--send=" + BEARER,
                  "--wire",
                  "--har=" + path("new/probe.har"),
                  "--jsonl=" + path("new/probe.jsonl"));
    }
    assertThat(result.code()).isZero();
    Map<String, String> artefacts = written();
    assertThat(artefacts).hasSize(2);
    artefacts.put("standard output", result.out());
    artefacts.forEach((name, text) -> assertThat(text).as(name).doesNotContain("pl4nted"));
    assertThat(result.out()).contains("#1 ").contains("→ text         FIN 14 B").contains("passed");
  }

  @Test
  void wireGoesBesideJson() throws IOException {
    try (Peer peer = Peer.start()) {
      Program.Result result =
          new Program().run("probe", peer.uri("/echo").toString(), "--json", "--wire");
      assertThat(result.out().lines()).hasSize(1);
      assertThat(result.err()).contains("#1   ws://", "· ended: closed_by_us");
    }
  }

  @Test
  void latenciesAreSummedUpBeforeTheResult() throws IOException {
    Program.Result result =
        new Program()
            .inAscii()
            .run(
                "test",
                feature(
                        """
                        Feature: f
                          Scenario: s
                            Given I connect
                            Then each of 20 echoes returns within 2s
                        """)
                    .toString());
    assertThat(result.out()).containsPattern("(?m)^latency +count +p50 +p90 +p99 +max$");
    assertThat(result.out()).containsPattern("(?m)^round_trip +20 +[0-9.]+ (us|ms) ");
    assertThat(result.lastLine()).isEqualTo("1 passed, 0 failed, 0 skipped");
    assertThat(result.code()).isZero();
  }

  @Test
  void annotationsAreForGithubOnly() throws IOException {
    String feature =
        feature(
                """
                Feature: f
                  Scenario: s
                    Given I connect
                    When I send "y"
                    Then I receive "x"
                """)
            .toString();
    Program.Result with = new Program().with("GITHUB_ACTIONS", "true").run("test", feature);
    assertThat(with.out()).containsPattern("(?m)^::error file=.*a.feature,line=5,title=s::Then I");
    Program.Result without = new Program().run("test", feature);
    assertThat(without.out()).doesNotContain("::error");
  }

  @Test
  void onceAnnotatesAndShowsTheWire() throws IOException {
    Path config = directory.resolve("checks.yml");
    Files.writeString(
        config,
        """
        targets:
          - name: nobody
            url: ws://127.0.0.1:1/
            bearer: %s
            checks:
              - {kind: handshake, interval: 1h}
        """
            .formatted(BEARER));
    Program.Result result =
        new Program()
            .with("GITHUB_ACTIONS", "true")
            .run("once", "--config", config.toString(), "--wire");
    assertThat(result.out())
        .contains("#1   ws://127.0.0.1:1/", "not connected to 127.0.0.1:1")
        .contains("::error title=nobody handshake%3A refused::");
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeTheRun() throws IOException {
    String feature = feature("Feature: f\n  Scenario: s\n    Given I connect\n").toString();
    Program.Result report = new Program().run("test", feature, "--report=" + feature);
    assertThat(report.err()).contains("--report: cannot write into the directory");
    assertThat(report.code()).isEqualTo(Exit.USAGE);
    Program.Result har = new Program().run("probe", "ws://127.0.0.1:1/", "--har=" + directory);
    assertThat(har.err()).contains("--har: cannot write the file");
  }
}
