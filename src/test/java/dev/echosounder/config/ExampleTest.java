package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Handshake;
import dev.echosounder.check.Ping;
import dev.echosounder.daemon.Kinds;
import dev.echosounder.ws.Deflate;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.HttpVersion;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example is the documentation: it loads, means what it says, and mentions every key. */
final class ExampleTest {
  @TempDir private Path directory = Path.of("");
  private Config config =
      new Config(
          List.of(),
          List.of(),
          Map.of(),
          ServiceKeys.web(null),
          ServiceKeys.connectsPerSecond(null),
          null,
          ServiceKeys.history(null),
          ServiceKeys.logging(null),
          Redactor.none(),
          "");

  @BeforeEach
  void load() {
    Examples.furnish(directory);
    config = load(Examples.text());
  }

  private Config load(String text) {
    Loaded loaded = ConfigFile.parse(text, Examples.context(directory), Kinds.ALL);
    assertThat(loaded).isInstanceOf(Loaded.Good.class);
    return ((Loaded.Good) loaded).config();
  }

  @Test
  void theLeastTargetHasTheDefaults() {
    ConfiguredTarget least = config.targets().get(0);
    assertThat(least.name()).isEqualTo("public echo");
    assertThat(least.labels()).containsExactly(Map.entry("environment", "production"));
    assertThat(least.endpoint())
        .isEqualTo(
            Target.of(URI.create("wss://echo.example.org/")).withHeader("X-Probe", "echosounder"));
    assertThat(least.checks())
        .containsExactly(
            new ConfiguredCheck(
                "handshake", new Handshake(), Duration.ofSeconds(15), Duration.ofSeconds(10)));
  }

  @Test
  void theFullTargetHasEverythingItSays() {
    ConfiguredTarget full = config.targets().get(1);
    Target endpoint = full.endpoint();
    assertThat(full.labels())
        .containsOnly(Map.entry("environment", "production"), Map.entry("team", "messaging"));
    assertThat(endpoint.headers())
        .contains(
            new Header("X-Api-Key", "key-of-chat-4711"),
            new Header("X-Probe", "echosounder"),
            new Header("Cookie", "session=session-of-chat-4715"),
            new Header("Origin", "https://chat.example.org"),
            new Header("Authorization", "Basic cHJvYmU6cGFzcy1vZi1jaGF0LTQ3MTI="));
    assertThat(endpoint.subprotocols()).containsExactly("chat.v2", "chat.v1");
    assertThat(endpoint.deflate()).isEqualTo(Deflate.ON);
    assertThat(endpoint.http()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(endpoint.limits()).isEqualTo(new Target.Limits(1 << 20, 16 << 20));
    assertThat(endpoint.timeouts())
        .isEqualTo(
            new Target.Timeouts(
                Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2)));
    assertThat(endpoint.tls().password()).isEqualTo("pass-of-key-4713");
    assertThat(endpoint.tls().ca()).isEqualTo(directory.resolve("tls/ca.pem"));
    assertThat(endpoint.tls().serverName()).isEqualTo("chat.internal");
    assertThat(full.checks())
        .extracting(ConfiguredCheck::name)
        .containsExactly(
            "handshake",
            "ping",
            "hello",
            "binary",
            "prefixed",
            "exact",
            "dialogue",
            "idle",
            "scenario",
            "hold",
            "application-heartbeat");
    assertThat(full.checks().get(1).check()).isEqualTo(new Ping(3));
    ConfiguredCheck hello = full.checks().get(2);
    assertThat(hello.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(hello.timeout()).isEqualTo(Duration.ofSeconds(5));
    Echo echo = (Echo) hello.check();
    assertThat(echo.greetings()).isEqualTo(1);
    assertThat(echo.expectation())
        .isEqualTo(new Expectation.Matching(Pattern.compile("^hello( back)?$")));
  }

  @Test
  void theOtherSectionsMeanWhatTheySay() {
    assertThat(config.discovery())
        .extracting(Config.Discovery::refresh)
        .containsExactly(Duration.ofSeconds(5), Duration.ofMinutes(1));
    assertThat(config.discovery().get(0).source())
        .isEqualTo(
            new Config.Files(
                List.of(
                    directory.resolve("targets/*.json"), directory.resolve("targets/more.yml"))));
    Config.Http http = (Config.Http) config.discovery().get(1).source();
    assertThat(http.headers())
        .containsExactly(new Header("Authorization", "Bearer token-of-registry-4714"));
    Config.Module echo = config.modules().get("echo");
    assertThat(echo).isNotNull();
    assertThat(echo.template().at("x", URI.create("ws://h/"), Map.of()).checks().get(0).timeout())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(config.web().listen()).isEqualTo(new Config.HostPort("127.0.0.1", 9115));
    assertThat(config.web().probe().allow().hosts())
        .containsExactly("*.example.org", "echo.internal");
    assertThat(config.otlp()).isNotNull();
    assertThat(config.history()).isEqualTo(new Config.History(60, 10, 64 << 20));
    assertThat(config.logging().level()).isEqualTo(Config.Logging.Level.INFO);
  }

  @Test
  void noSecretIsPrintedAndReferencesStayAsTheyStand() {
    String shown =
        config + config.redactedYaml() + config.targets() + config.discovery() + config.modules();
    // The directory has a random name, which may hold any number.
    assertThat(shown.replace(directory.toString(), ""))
        .doesNotContain("4711", "4712", "4713", "4714", "4715", "4716", "cHJvYmU6")
        .contains("${env:CHAT_API_KEY}", "${file:secrets/session}", "${env:REGISTRY_TOKEN}");
    assertThat(load(config.redactedYaml()).targets()).isEqualTo(config.targets());
  }

  @Test
  void twoLoadsAreEqual() {
    assertThat(load(Examples.text())).isEqualTo(config).hasSameHashCodeAs(config);
  }

  @Test
  void everyKeyIsMentioned() {
    Set<String> keys = new HashSet<>();
    collect(new RootForm(Kinds.ALL).schema(), keys);
    assertThat(keys).hasSizeGreaterThan(60);
    assertThat(keys)
        .allSatisfy(key -> assertThat(Examples.text()).containsPattern("\\b" + key + ":"));
  }

  private static void collect(Object schema, Set<String> keys) {
    if (schema instanceof Map<?, ?> map) {
      if (map.get("properties") instanceof Map<?, ?> properties) {
        properties.keySet().forEach(k -> keys.add((String) k));
      }
      map.values().forEach(v -> collect(v, keys));
    } else if (schema instanceof List<?> list) {
      list.forEach(v -> collect(v, keys));
    }
  }

  @Test
  void equalChecksAreOneObject() {
    List<ConfiguredTarget> two =
        load("""
                defaults:
                  checks: [{kind: echo, send: Hello, interval: 5s}]
                targets:
                  - {name: a, url: 'ws://127.0.0.1:1/'}
                  - {name: b, url: 'ws://127.0.0.1:1/'}
                  - {name: c, url: 'ws://127.0.0.1:1/', checks: [{kind: echo, send: Hello, interval: 6s}]}
                """)
            .targets();
    assertThat(two.get(0).checks()).isSameAs(two.get(1).checks());
    assertThat(two.get(2).checks()).isNotEqualTo(two.get(0).checks());
  }
}
