package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.report.JunitReport;
import dev.echosounder.report.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureRunTest {
  private static final Path ECHO = Path.of("features/core/echo.feature");
  private static final Path FAILING = Path.of("src/test/resources/failing/wrong-text.feature");
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  void countsWhatPassed() {
    FeatureRun.Result result = run(List.of(ECHO), null, "not @large");
    assertThat(result.problems()).isEmpty();
    assertThat(result.failed()).isZero();
    assertThat(result.passed()).isGreaterThan(5);
    assertThat(result.successful()).isTrue();
    assertThat(text()).contains("ok      send Hello and receive echo");
  }

  @Test
  void writesReportsWithTheTranscriptOfAFailure() throws IOException {
    Path junit = directory.resolve("new/reports/junit.xml");
    Path html = directory.resolve("other/report.html");
    var unused =
        FeatureRun.run(
            FeatureRun.Request.of(List.of(FAILING), out())
                .colored(true)
                .reporting(List.of(new JunitReport(junit)), Map.of("html", html), new Secrets()));
    assertThat(junit).content().contains("wrong-text").contains("nearest miss");
    assertThat(html).content().contains("timeline of I").contains("101 upgraded");
    assertThat(text()).contains("\u001b[31mFAILED");
  }

  @Test
  void leavesOutWhatNeedsThePeerWhenThereIsATarget() {
    URI nobody = URI.create("ws://127.0.0.1:1/");
    FeatureRun.Result result = run(List.of(Path.of("features/peer")), nobody, null);
    assertThat(result.problems()).containsExactly("no scenario was found, or the tags leave none");
  }

  @Test
  void runsAgainstTheTarget() {
    URI nobody = URI.create("ws://127.0.0.1:1/");
    FeatureRun.Result result = run(List.of(ECHO), nobody, "not @large");
    assertThat(result.passed()).isZero();
    assertThat(text()).contains("no connection: refused: ");
  }

  @Test
  void namesWrongInput() throws IOException {
    Path broken = directory.resolve("broken.feature");
    Files.writeString(broken, "Feature: f\n  Scenario: s\n    Given I connect\n    Thn I sleep\n");
    assertThat(run(List.of(broken), null, null).problems())
        .singleElement()
        .asString()
        .contains("not a feature", "broken.feature", "(4:5)", "Thn I sleep");
    Files.writeString(broken, "Feature: f\n  Scenario: s\n    Givn I connect\n");
    assertThat(run(List.of(broken), null, null).problems())
        .singleElement()
        .asString()
        .contains("broken.feature:2: the scenario has no steps");
    assertThat(run(List.of(Path.of("no/such.feature")), null, null).problems())
        .containsExactly("cannot read no/such.feature: there is no such file or directory");
    assertThat(run(List.of(ECHO), null, "@a and").problems())
        .singleElement()
        .asString()
        .startsWith("not a tag expression: ");
    assertThat(run(List.of(ECHO), URI.create("http://127.0.0.1/"), null).problems())
        .singleElement()
        .asString()
        .startsWith("the target: expected a URL that begins with ws://");
  }

  @Test
  void saysWhichStepDoesNotExist() throws IOException {
    Path feature = directory.resolve("unknown.feature");
    Files.writeString(feature, "Feature: f\n  Scenario: s\n    Given I dance\n");
    FeatureRun.Result result = run(List.of(feature), null, null);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.problems())
        .singleElement()
        .asString()
        .contains("unknown.feature:3: there is no step \"I dance\"");
  }

  @Test
  void leavesNoThreadAndNoPort() throws InterruptedException {
    Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
    var unused = run(List.of(FAILING), null, null);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread)) {
        thread.join(5_000);
        assertThat(thread.isAlive()).as(thread.toString()).isFalse();
      }
    }
    Matcher port = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/").matcher(text());
    assertThat(port.find()).isTrue();
    assertThatThrownBy(
            () ->
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))
                    .close())
        .isInstanceOf(ConnectException.class);
  }

  private FeatureRun.Result run(List<Path> features, @Nullable URI target, @Nullable String tags) {
    return FeatureRun.run(FeatureRun.Request.of(features, out()).at(target).tagged(tags));
  }

  private PrintStream out() {
    return new PrintStream(said, true, StandardCharsets.UTF_8);
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
