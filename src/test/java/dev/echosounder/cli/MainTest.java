package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage, messages and exit codes that need no endpoint. */
final class MainTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          probe                                | Missing required parameter: 'URL'
          prob ws://localhost/                 | unknown subcommand "prob"; did you mean probe?
          probe ws://localhost/ --sned x       | unknown option "--sned"; did you mean --send?
          probe ws://localhost/ --zzz=s3cret   | unknown option "--zzz"
          probe ws://localhost/ more           | unknown argument "more"
          probe http://localhost/              | did you mean "ws://localhost/"?
          probe localhost:80                   | did you mean "ws://localhost:80"?
          probe ws:///x                        | expected a host in the URL
          probe ws://localhost/#a              | has no fragment
          probe ws://h/<                       | expected a URL such as
          probe ws://h/ --timeout 10           | expected a time such as 500ms, 10s or 2m, got "10"
          probe ws://h/ --timeout 0s           | expected a time such as
          probe ws://h/ --count x              | '--count'
          probe ws://h/ --count 0 --send a     | --count: expected at least 1, got 0
          probe ws://h/ --count 2              | --count needs --send
          probe ws://h/ --send a --ping        | expected one of --send, --send-binary or --ping
          probe ws://h/ --send-binary 0g       | expected pairs of hex digits such as 00ff, got "0g"
          probe ws://h/ --send a --expect-regex ( | expected a regular expression, got "("
          probe ws://h/ --expect a             | an expectation needs --send
          probe ws://h/ --header novalue       | --header: expected NAME:VALUE
          probe ws://h/ --bearer env:NOT_SET   | environment variable NOT_SET
          probe ws://h/ --bearer @/no/such     | cannot read the file /no/such
          probe ws://h/ --http 3               | --http: expected 1.1 or 2, got "3"
          probe ws://h/ --deflate-parameters client_max_window_bits | --deflate-parameters: client_max_window_bits can't be offered
          probe ws://h/ --oauth2-client i:s    | expected --oauth2-token-url and --oauth2-client, got one
          probe ws://h/ --oauth2-client i --oauth2-token-url http://h/ | expected ID:SECRET, got a value without
          probe ws://h/ --oauth2-client i:s --oauth2-token-url ws://h/ | begins with http:// or https://
          probe ws://h/ --oauth2-client i:s --oauth2-token-url http://h/ --bearer t | got more than one
          probe ws://h/ --cipher TLS_NONE      | --cipher: expected a cipher suite of the JDK
          probe ws://h/ --ca /no/such          | --ca: cannot read the file /no/such
          probe ws://h/ --key k                | expected --cert with --key
          peer --port 70000                    | --port: expected 0 to 65535, got 70000
          peer --tls-cert c                    | expected --tls-cert and --tls-key together
          proxy --port 7                       | Missing required option
          proxy --to http://h/                 | expected a server such as ws://localhost:8080
          proxy --to ws://127.0.0.1:9 --fault x | expected a fault such as
          daemon --config x --shard 3/3        | --shard: expected i/n with n from 1 to 1000 and i from 0 to n-1
          daemon --config x --shard three      | --shard: expected i/n, such as 0/3 for the first of three
          health ftp://h/                      | expected a URL such as http://127.0.0.1:9115/-/healthy
          daemon --shard 0/3                   | --shard: expected --config FILE besides
          """)
  void wrongUsageNamesWhatWasExpected(String command, String message) {
    Program.Result result = new Program().run(command.strip().split(" "));
    assertThat(result.err()).contains(message);
    assertThat(result.err()).startsWith("error: ").doesNotContain("\tat ");
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aWrongShardInTheEnvironmentIsNamedAfterTheVariable() {
    Program.Result result =
        new Program().with("ECHOSOUNDER_SHARD", "/3").run("daemon", "--config", "none.yml");
    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).startsWith("error: ECHOSOUNDER_SHARD: expected i/n, such as 0/3");
  }

  @Test
  void healthIsWhatTheServerAnswers() {
    try (Peer peer = Peer.start()) {
      String base = "http://127.0.0.1:" + peer.port();
      assertThat(new Program().run("health", base + "/").code()).isZero();
      Program.Result absent = new Program().run("health", base + "/none");
      assertThat(absent.code()).isEqualTo(Exit.FAILED);
      assertThat(absent.out()).isEqualTo("unhealthy: " + base + "/none answered 404\n");
      assertThat(new Program().run("health", base + "/no-answer", "--timeout", "200ms").out())
          .contains("timed out");
    }
    assertThat(new Program().run("health", "http://127.0.0.1:1/").out()).contains("refused");
  }

  @Test
  void noSubcommandListsThem() {
    Program.Result result = new Program().run();
    assertThat(result.err()).contains("expected a subcommand: probe, ");
    assertThat(result.code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void wrongCredentialsAreNotRepeated() {
    Program.Result result = new Program().run("probe", "ws://h/", "--basic", "s3cret");
    assertThat(result.err()).contains("--basic: expected USER:PASSWORD").doesNotContain("s3cret");
  }

  @Test
  void secretsComeFromFilesAndTheEnvironment() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "s3cret\n");
    assertThat(Secret.read("@" + file, "--bearer", Map.of())).isEqualTo("s3cret");
    assertThat(Secret.read("env:T", "--bearer", Map.of("T", "x"))).isEqualTo("x");
    assertThat(Secret.read("plain", "--bearer", Map.of())).isEqualTo("plain");
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    Program.Result help = new Program().run("probe", "--help");
    assertThat(help.out()).contains("Usage: echosounder probe", "--send=TEXT", "--timeout");
    assertThat(help.code()).isZero();
    Program.Result version = new Program().run("--version");
    assertThat(version.out()).startsWith("echosounder ");
    assertThat(version.code()).isZero();
  }

  @Test
  void everySubcommandHasHelpWithoutADefect() {
    for (String name : new String[] {"probe", "test", "peer", "steps"}) {
      assertThat(new Program().run(name, "--help").code()).isZero();
    }
  }

  @Test
  void noColorForbidsColour() {
    assertThat(Io.colorWanted(Map.of())).isTrue();
    assertThat(Io.colorWanted(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Io.colorWanted(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Io.colorWanted(Map.of("TERM", "dumb"))).isFalse();
    assertThat(new Program().inColor().run("probe", "--help").out()).contains("\u001b[");
    assertThat(new Program().run("probe", "--help").out()).doesNotContain("\u001b[");
  }

  @Test
  void brokenPipeIsToldOnStandardError() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Io io =
        new Program()
            .io(new PrintStream(broken, true, StandardCharsets.UTF_8), Program.stream(err));
    assertThat(Main.run(io, "--version")).isEqualTo(Exit.USAGE);
    assertThat(err.toString(io.charset())).contains("standard output was closed");
  }

  @Test
  void faultOfOurOwnExitsWithThreeAndShowsItsTraceOnlyOnDemand() {
    Map<String, String> faulty =
        new AbstractMap<>() {
          @Override
          public String get(Object name) {
            throw new IllegalStateException("a defect");
          }

          @Override
          public Set<Map.Entry<String, String>> entrySet() {
            return Set.of();
          }
        };
    String[] plain = {"probe", "ws://h/", "--bearer", "env:X"};
    String[] debug = {"probe", "ws://h/", "--bearer", "env:X", "--debug"};
    for (String[] command : List.of(plain, debug)) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      PrintStream out = Program.stream(new ByteArrayOutputStream());
      Io io = new Io(out, Program.stream(err), faulty, false, true, 80);
      assertThat(Main.run(io, command)).isEqualTo(Exit.DEFECT);
      String said = err.toString(io.charset());
      assertThat(said).contains("a fault of our own", "a defect");
      assertThat(said.contains("Please report it")).isEqualTo(command == plain);
      assertThat(said.contains("\tat ")).isEqualTo(command == debug);
    }
  }
}
