package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.servers.TokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/security.md and docs/connecting.md show runs as it stands, but for names of servers.
 */
@Tag("surroundings")
final class SecurityPageIT {
  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void make() {
    certificates = new Certificates(directory);
  }

  /** The page for a client that may come in, and for this server. */
  private static Page page(Object server) {
    return Page.read("security.md")
        .with("\"ca.pem\"", "\"" + certificates.authority() + "\"")
        .with("ca: ca.pem", "ca: " + certificates.authority())
        .with("--ca ca.pem", "--ca " + certificates.authority())
        .with("client.pem", certificates.certificate(Leaf.CLIENT))
        .with("client.key", certificates.key(Leaf.CLIENT))
        .with("wss://chat.example.org/", server)
        .with("chat.example.org", "localhost")
        .with("Example CA 1", "Echosounder Test CA");
  }

  private static Peer.Options tls() {
    return Peer.Options.defaults().withTls(certificates.server(Leaf.VALID));
  }

  private static String only(List<String> blocks, String part) {
    List<String> found = blocks.stream().filter(b -> b.contains(part)).toList();
    assertThat(found).as(part).hasSize(1);
    return found.get(0);
  }

  private static Program.Result test(String text, String... more) throws IOException {
    Path feature = Files.writeString(directory.resolve("page.feature"), "Feature: page\n" + text);
    List<String> command = new ArrayList<>(List.of("test", feature.toString()));
    command.addAll(List.of(more));
    return new Program().run(command.toArray(String[]::new));
  }

  private static Path config(Object url, String options) throws IOException {
    return Files.writeString(
        directory.resolve("page.yml"),
        "targets:\n  - name: page\n    url: %s\n    checks: [{kind: handshake, interval: 1h}]\n%s"
            .formatted(url, options.indent(4)));
  }

  private static Program.Result once(Path config) {
    return new Program()
        .with("CHAT_SECRET", TokenServer.SECRET)
        .run("once", "--config", config.toString());
  }

  private static void passed(Program.Result result) {
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).containsPattern("\\b1 passed, 0 failed");
  }

  @Test
  void theFactsOfTlsAreAsExpected() throws IOException {
    try (Peer peer = Peer.start(tls())) {
      String scenario = only(page(peer.uri("/echo")).blocks("gherkin"), "is renewed in time");
      String trusted = "Given the certificates in \"" + certificates.authority() + "\" are trusted";
      passed(test(scenario.replaceFirst("\n", "\n  " + trusted + "\n")));
    }
  }

  @Test
  void aClientCertificateLetsUsIn() throws IOException {
    try (Peer peer = Peer.start(tls().withClientCertificate())) {
      Page page = page(peer.uri("/echo"));
      String yaml = only(page.blocks("yaml"), "certificate:");
      passed(once(config(peer.uri("/echo"), yaml)));
      String without = yaml.replaceAll("(?m)^  (certificate|key):.*$", "");
      assertThat(once(config(peer.uri("/echo"), without)).out())
          .contains("the server asked for a client certificate, and none is configured");
      String trusted = "--ca " + certificates.authority();
      String options = only(page.spans("--cert "), "--key");
      String line = "probe " + peer.uri("/echo") + " " + trusted + " " + options;
      assertThat(new Program().run(line.split(" ")).code()).isZero();
      String ours = only(page.spans("Given the client certificate"), "with the key");
      String cas = only(page.spans("Given the certificates in"), "are trusted");
      String whole = "Scenario: s\n %s\n %s\n When I connect\n".formatted(ours, cas);
      passed(test(whole, "--target=" + peer.uri("/echo")));
    }
  }

  @Test
  void anAccessTokenLetsUsIn() throws IOException {
    try (TokenServer server =
        TokenServer.startOrSkip(Duration.ofMinutes(1), certificates, Leaf.VALID)) {
      Page page =
          page(server.uri())
              .with("https://login.example.org/token", server.http("/token"))
              .with("client_id: probe", "client_id: basic")
              .with("| client          | probe ", "| client | basic ")
              .with("chat.read", "chat")
              // A scenario reads the environment of this very process, which no test can change.
              .with("| secret variable | CHAT_SECRET", "| secret | " + TokenServer.SECRET);
      String tls = "tls: {ca: " + certificates.authority() + "}\n";
      String yaml = only(page.blocks("yaml"), "oauth2:");
      passed(once(config(server.uri(), tls + yaml)));
      String command = only(page.blocks("console"), "--oauth2-client");
      String line = command.replace("\\\n", "").strip().replaceFirst("^\\$ ./echosounder ", "");
      Program.Result result =
          new Program()
              .with("CLIENT", "basic:" + TokenServer.SECRET)
              .run((line + " --ca " + certificates.authority()).split(" +"));
      assertThat(result.code()).as(result.out() + result.err()).isZero();
      String steps = only(page.blocks("gherkin"), "OAuth2");
      String trusted = only(page.spans("Given the certificates in"), "are trusted");
      String scenario = "Scenario: s\n%s%s\n When I connect\n".formatted(steps, trusted);
      passed(test(scenario, "--target=" + server.uri()));
    }
  }

  @Test
  void cookiesAreKept() throws IOException {
    try (EchoServer tomcat = ServerKind.TOMCAT.startOrSkip()) {
      String scenario = only(page("").blocks("gherkin"), "known again");
      passed(test(scenario, "--target=" + tomcat.uri().resolve("/session")));
    }
  }

  static List<String> optionsInFiles() {
    List<String> all = new ArrayList<>(page("").spans("tls: {"));
    all.addAll(Page.read("connecting.md").blocks("yaml"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("optionsInFiles")
  void optionsAreKnown(String yaml) throws IOException {
    Path file =
        yaml.startsWith("defaults:")
            ? Files.writeString(directory.resolve("page.yml"), yaml)
            : config("wss://h/", yaml);
    Program.Result result =
        new Program().with("PROXY_PASSWORD", "s3cret").run("check-config", file.toString());
    assertThat(result.code()).as(yaml + result.out() + result.err()).isZero();
  }

  static List<String> steps() {
    List<String> all = new ArrayList<>(page("").spans("Given "));
    Page connecting = Page.read("connecting.md");
    all.addAll(connecting.spans("Given "));
    all.addAll(connecting.blocks("gherkin"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void stepsPass(String steps) throws IOException {
    passed(test("Scenario: s\n" + steps));
  }

  static List<String> optionsOfCommands() {
    return page("").spans("--");
  }

  /** A port where nobody listens: the command is understood, and fails to connect. */
  @ParameterizedTest
  @MethodSource("optionsOfCommands")
  void commandOptionsAreKnown(String options) {
    String known = options.matches("--(basic|bearer)") ? options + " ann:s3cret" : options;
    Program.Result result = new Program().run(("probe wss://127.0.0.1:1/ " + known).split(" "));
    assertThat(result.out() + result.err()).contains("refused");
    assertThat(result.code()).isEqualTo(Exit.FAILED);
  }

  @ParameterizedTest
  @CsvSource({"5, 13, 6"})
  void thereIsSomethingToRun(int files, int given, int options) {
    assertThat(optionsInFiles()).hasSizeGreaterThan(files);
    assertThat(steps()).hasSizeGreaterThan(given);
    assertThat(optionsOfCommands()).hasSizeGreaterThanOrEqualTo(options);
  }
}
