package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cucumber.core.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report by Cucumber alone, as a project that runs the scenarios by JUnit has it. */
final class HtmlReportPluginTest {
  @TempDir private Path directory;

  private byte run(String... features) {
    String[] arguments = new String[features.length + 6];
    arguments[0] = "--plugin";
    arguments[1] = HtmlReportPlugin.class.getName() + ":" + directory.resolve("report");
    arguments[2] = "--glue";
    arguments[3] = "dev.echosounder.scenario";
    arguments[4] = "--threads";
    arguments[5] = "2";
    System.arraycopy(features, 0, arguments, 6, features.length);
    return Main.run(arguments, HtmlReportPlugin.class.getClassLoader());
  }

  @Test
  void scenariosOnSeveralThreadsEachHaveTheirOwnConnections() throws Exception {
    byte code =
        run(
            "src/test/resources/failing/wrong-text.feature",
            "src/test/resources/failing/left-over.feature",
            "features/core/echo.feature:4");
    assertThat(code).isEqualTo((byte) 1);
    Path report = directory.resolve("report");
    assertThat(report.resolve("index.html")).content().contains("2 of 3 scenarios failed");
    for (int i = 1; i <= 3; i++) {
      String page = Files.readString(report.resolve("scenario-00" + i + ".html"));
      assertThat(page)
          .contains("I → ws://127.0.0.1:", "101 upgraded")
          .containsOnlyOnce("class=\"lane\"");
      String at = page.contains("wrong-text") ? "wrong-text.feature:2" : ".feature:";
      assertThat(page).contains(at);
    }
  }

  @Test
  void aReportThatCannotBeWrittenFailsTheRun() throws Exception {
    Files.writeString(directory.resolve("report"), "in the way");
    assertThatThrownBy(() -> run("features/core/echo.feature:4"))
        .hasMessageContaining("cannot write a report: ");
  }

  /** A run that wants no report keeps no connection. */
  @Test
  void nothingIsKeptForNobody() {
    assertThat(Connections.take(new dev.echosounder.report.Secrets())).isEmpty();
  }
}
