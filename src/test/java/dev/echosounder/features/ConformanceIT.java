package dev.echosounder.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.scenario.FeatureRun;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The conformance features against servers we did not write, each with its known deviations as
 * waivers. The embedded peer passes them without one, in {@link FeaturesIT}.
 */
final class ConformanceIT {
  /** What they should end and do not is waited for: once is enough, on the newest JDK. */
  @Tag("surroundings")
  @ParameterizedTest
  @EnumSource(names = {"UNDERTOW", "TOMCAT"})
  void patientServersDeviateOnlyAsWaived(ServerKind kind) {
    deviatesOnlyAsWaived(kind);
  }

  @ParameterizedTest
  @EnumSource(names = {"NETTY", "NODE_WS"})
  void deviatesOnlyAsWaived(ServerKind kind) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (EchoServer server = kind.startOrSkip()) {
      FeatureRun.Result result =
          FeatureRun.run(
              FeatureRun.Request.of(
                      List.of(Path.of("features/conformance")),
                      new PrintStream(said, true, StandardCharsets.UTF_8))
                  .at(server.uri())
                  .waiving(Path.of("src/test/resources/conformance", kind.label() + ".waivers")));
      assertThat(result.successful())
          .as("%s %s", result.problems(), said.toString(StandardCharsets.UTF_8))
          .isTrue();
    }
  }
}
