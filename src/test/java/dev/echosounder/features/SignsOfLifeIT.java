package dev.echosounder.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.scenario.FeatureRun;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.MqttBroker;
import dev.echosounder.servers.Start;
import dev.echosounder.servers.VertxStomp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs of life that are promised and do not come: the servers' as well as ours. */
final class SignsOfLifeIT {
  @TempDir private Path directory;

  /** The fault proxy swallows what the server sends; ours go on, so that the server stays. */
  @Test
  void aHeartBeatThatTheServerHasPromisedAndDoesNotSendFailsTheScenario() throws IOException {
    FeatureRun.Result result =
        run(
            VertxStomp.start(),
            """
            Given the subprotocol "v12.stomp" is offered
            And a fault proxy stands before the endpoint
            And I connect
            And I offer STOMP heart-beats every 100 ms
            When I open a STOMP session as "probe" with the passcode "s3cret"
            And the fault proxy is told to drop every frame from the server
            Then the connection stays open for 1 s
            When I send "Hello" to the destination "/topic/a"
            Then I receive no STOMP message for 10 ms
            """);
    assertThat(result.failed()).as(said()).isEqualTo(1);
    assertThat(said())
        .contains("expected a sign of life at least every 100 ms, as the peer has promised")
        .containsPattern("seen: +nothing for \\d{3} ms");
  }

  /** Mosquitto looks for silent clients every five seconds: too long for every build. */
  @Test
  @Tag("surroundings")
  void mosquittoDropsWhoIsSilentAndKeepsWhoPings() throws IOException {
    FeatureRun.Result result =
        run(
            MqttBroker.start(),
            """
            Given the subprotocol "mqtt" is offered
            And I connect
            And alice connects
            And bob connects
            And carol connects
            And I have the MQTT user "probe" with the password "s3cret"
            And alice has the MQTT user "probe" with the password "s3cret"
            And bob has the MQTT user "probe" with the password "s3cret"
            And carol has the MQTT user "probe" with the password "s3cret"
            And I have the MQTT keep-alive 1 s
            And alice has the MQTT keep-alive 1 s
            And bob has the MQTT keep-alive 1 s
            And carol has the MQTT keep-alive 1 s
            When I open an MQTT 3.1.1 session as "lively-3"
            And alice opens an MQTT 5 session as "lively-5"
            And bob opens an MQTT 3.1.1 session as "silent-3"
            And carol opens an MQTT 5 session as "silent-5"
            And bob stops the MQTT keep-alive
            And carol stops the MQTT keep-alive
            Then bob's connection ends with eof within 15 s
            And carol's connection ends with eof within 15 s
            And the connection stays open for 5 s
            And alice's connection stays open for 100 ms
            And the connection answers an MQTT ping within 2 s
            And alice's connection answers an MQTT ping within 2 s
            """);
    assertThat(result.failed()).as(said()).isZero();
    assertThat(result.passed()).isEqualTo(1);
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FeatureRun.Result run(Start start, String steps) throws IOException {
    Path feature =
        Files.writeString(
            directory.resolve("a.feature"), "Feature: f\n  Scenario: s\n" + steps.indent(4));
    try (EchoServer server = start.orSkip()) {
      PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
      return FeatureRun.run(FeatureRun.Request.of(List.of(feature), print).at(server.uri()));
    }
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
