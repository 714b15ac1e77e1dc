package dev.echosounder.subprotocol.mqtt;

import dev.echosounder.scenario.Phrase;
import dev.echosounder.subprotocol.mqtt.Packet.ConnAck;
import dev.echosounder.subprotocol.mqtt.Packet.Publish;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

/** MQTT 3.1.1 and 5 over a connection that offers the subprotocol {@code mqtt}. */
public final class MqttSteps {
  /** How long the server keeps the session of a client that wants it kept. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  @Given("{who} has/have the MQTT user {string} with the password {string}")
  @Phrase(
      means = "Logs in with these when the session is opened.",
      example = "I have the MQTT user \"probe\" with the password \"s3cret\"")
  public void login(String who, String user, String password) {
    MqttSession.of(who).login(user, password);
  }

  @Given("{who} has/have the MQTT keep-alive {duration}")
  @Phrase(
      means =
          "Promises, when the session is opened, never to be silent for so long, in whole seconds;"
              + " a PINGREQ is sent in time whenever nothing else was. Off unless told.",
      example = "I have the MQTT keep-alive 30 s")
  public void keepAlive(String who, Duration longestSilence) {
    MqttSession.of(who).keepAlive(longestSilence);
  }

  @When("{who} stop(s) the MQTT keep-alive")
  @Phrase(
      means =
          "Sends no PINGREQ by itself any more; the server drops us after one and a half times the"
              + " keep-alive (§3.1.2.10).",
      example = "I stop the MQTT keep-alive")
  public void stopKeepAlive(String who) {
    MqttSession.of(who).stopKeepAlive();
  }

  @Given("{who} leave(s) the MQTT will {string} for the topic {string} with QoS {int}")
  @Phrase(
      means =
          "Names it when the session is opened: the server publishes it if the connection ends"
              + " without DISCONNECT (§3.1.2.5).",
      example = "I leave the MQTT will \"gone\" for the topic \"test/room\" with QoS 1")
  public void will(String who, String payload, String topic, int qos) {
    MqttSession.of(who).will(topic, payload, qos, false);
  }

  @Given("{who} leave(s) the MQTT will {string} for the topic {string} with QoS {int}, retained")
  @Phrase(
      means = "As above; later subscribers get it.",
      example = "I leave the MQTT will \"gone\" for the topic \"test/room\" with QoS 1, retained")
  public void retainedWill(String who, String payload, String topic, int qos) {
    MqttSession.of(who).will(topic, payload, qos, true);
  }

  @When("{who} open(s) an MQTT {mqttVersion} session as {string}")
  @Phrase(
      means = "Sends CONNECT with this client identifier for a clean session; it is accepted.",
      example = "I open an MQTT 5 session as \"probe\"")
  public void open(String who, MqttVersion version, String client) throws InterruptedException {
    open(who, version, client, Duration.ZERO);
  }

  @When("{who} open(s) a lasting MQTT {mqttVersion} session as {string}")
  @Phrase(
      means = "As above, and goes on with the session of before; the server keeps it for a minute.",
      example = "I open a lasting MQTT 5 session as \"probe\"")
  public void openLasting(String who, MqttVersion version, String client)
      throws InterruptedException {
    open(who, version, client, KEPT);
  }

  private static void open(String who, MqttVersion version, String client, Duration kept)
      throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    ConnAck answer = session.connect(version, client, kept);
    if (answer.reason() != 0) {
      throw session.wrong("an MQTT %s session".formatted(version.label()), answer);
    }
  }

  @Then("{who} am/is refused an MQTT {mqttVersion} session as {string} with {mqttReason}")
  @Phrase(
      means = "CONNECT is refused for this reason (MQTT 5 §3.2.2.2), in either version.",
      example = "I am refused an MQTT 5 session as \"probe\" with \"not authorized\"")
  public void refused(String who, MqttVersion version, String client, Integer reason)
      throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    ConnAck answer = session.connect(version, client, Duration.ZERO);
    if (answer.reason() != reason) {
      throw session.wrong("CONNACK " + Reason.text(reason), answer);
    }
  }

  @Then("{connection} goes on with the MQTT session of before")
  @Phrase(
      means = "CONNACK tells that a session is present.",
      example = "the connection goes on with the MQTT session of before")
  public void present(String who) {
    sessionPresent(who, true);
  }

  @Then("{connection} has a new MQTT session")
  @Phrase(
      means = "CONNACK tells that the session is new.",
      example = "the connection has a new MQTT session")
  public void absent(String who) {
    sessionPresent(who, false);
  }

  private static void sessionPresent(String who, boolean expected) {
    MqttSession session = MqttSession.of(who);
    ConnAck answer = session.opened();
    if (answer.sessionPresent() != expected) {
      throw session.wrong(expected ? "a session that is present" : "a new session", answer);
    }
  }

  @When("{who} subscribe(s) to the topic {string} with QoS {int}")
  @Phrase(
      means = "Sends SUBSCRIBE with this topic filter; just this QoS is granted.",
      example = "I subscribe to the topic \"test/#\" with QoS 1")
  public void subscribe(String who, String filter, int qos) throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    Packet.SubAck answer = session.subscribe(filter, qos);
    if (answer.reasons().size() != 1 || answer.reasons().get(0) != qos) {
      throw session.wrong("QoS %d granted for \"%s\"".formatted(qos, filter), answer);
    }
  }

  @When("{who} unsubscribe(s) from the topic {string}")
  @Phrase(
      means = "Sends UNSUBSCRIBE with this topic filter; it succeeds.",
      example = "I unsubscribe from the topic \"test/#\"")
  public void unsubscribe(String who, String filter) throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    Packet.SubAck answer = session.unsubscribe(filter);
    if (answer.reasons().stream().anyMatch(r -> r != 0)) {
      throw session.wrong("UNSUBACK " + Reason.text(0) + " for \"" + filter + "\"", answer);
    }
  }

  @When("{who} publish(es) {string} to the topic {string} with QoS {int}")
  @Phrase(
      means = "Publishes; with QoS 1 and 2 it is acknowledged, and no refusal.",
      example = "I publish \"21.5\" to the topic \"test/room\" with QoS 1")
  public void publish(String who, String payload, String topic, int qos)
      throws InterruptedException {
    publish(who, payload, topic, qos, false);
  }

  @When("{who} publish(es) {string} to the topic {string} with QoS {int}, retained")
  @Phrase(
      means = "As above; later subscribers get it. An empty text takes it away.",
      example = "I publish \"21.5\" to the topic \"test/room\" with QoS 1, retained")
  public void publishRetained(String who, String payload, String topic, int qos)
      throws InterruptedException {
    publish(who, payload, topic, qos, true);
  }

  private static void publish(String who, String payload, String topic, int qos, boolean retain)
      throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    Packet.Ack answer = session.publish(topic, payload, qos, retain);
    if (answer.reason() >= Reason.FAILURE) {
      throw session.wrong("\"%s\" accepted on \"%s\"".formatted(payload, topic), answer);
    }
  }

  @Then("{who} may not publish {string} to the topic {string}: {mqttReason}")
  @Phrase(
      means = "Publishes with QoS 1; it is refused for this reason, which only MQTT 5 can tell.",
      example = "I may not publish \"x\" to the topic \"other\": \"not authorized\"")
  public void publishRefused(String who, String payload, String topic, Integer reason)
      throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    Packet.Ack answer = session.publish(topic, payload, 1, false);
    if (answer.reason() != reason) {
      throw session.wrong("PUBACK " + Reason.text(reason), answer);
    }
  }

  @Then("{who} receive(s) {string} on the topic {string}")
  @Phrase(
      means = "The next message on this topic is this text. It is acknowledged as its QoS wants.",
      example = "I receive \"21.5\" on the topic \"test/room\"")
  public void message(String who, String payload, String topic) throws InterruptedException {
    var unused = take(MqttSession.of(who), payload, topic);
  }

  @Then("{who} receive(s) {string} on the topic {string} with QoS {int}")
  @Phrase(
      means = "The next message on this topic is this text, and was sent with this QoS.",
      example = "I receive \"21.5\" on the topic \"test/room\" with QoS 2")
  public void messageWithQos(String who, String payload, String topic, int qos)
      throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    Publish came = take(session, payload, topic);
    if (came.qos() != qos) {
      throw session.wrong("\"%s\" on \"%s\" with QoS %d".formatted(payload, topic, qos), came);
    }
  }

  @Then("{who} receive(s) {string} on the topic {string}, retained")
  @Phrase(
      means = "The next message on this topic is this text, which the server had kept.",
      example = "I receive \"21.5\" on the topic \"test/room\", retained")
  public void retained(String who, String payload, String topic) throws InterruptedException {
    MqttSession session = MqttSession.of(who);
    Publish came = take(session, payload, topic);
    if (!came.retain()) {
      throw session.wrong("\"%s\" on \"%s\", retained".formatted(payload, topic), came);
    }
  }

  private static Publish take(MqttSession session, String payload, String topic)
      throws InterruptedException {
    String expected = "\"%s\" on \"%s\"".formatted(payload, topic);
    Publish came = session.message(topic, expected);
    if (!came.payload().asUtf8().equals(payload)) {
      throw session.wrong(expected, came);
    }
    return came;
  }

  @Then("{who} receive(s) no MQTT message for {duration}")
  @Phrase(
      means = "Nothing is published to us; waits the whole time.",
      example = "I receive no MQTT message for 200 ms")
  public void noMessage(String who, Duration time) throws InterruptedException {
    MqttSession.of(who).noMessage(time);
  }

  @Then("each of {int} messages on the topic {string} returns within {duration}")
  @Phrase(
      means = "Subscribed to it, publishes so many, one after the other; each comes back in time.",
      example = "each of 20 messages on the topic \"test/room\" returns within 200 ms")
  public void each(int count, String topic, Duration limit) throws InterruptedException {
    for (int i = 1; i <= count; i++) {
      MqttSession.of("I").roundTrip(topic, "message " + i, limit);
    }
  }

  @Then("{connection} answers an MQTT ping within {duration}")
  @Phrase(
      means = "Sends PINGREQ; PINGRESP comes in time.",
      example = "the connection answers an MQTT ping within 200 ms")
  public void ping(String who, Duration limit) throws InterruptedException {
    MqttSession.of(who).ping(limit);
  }

  @When("{who} end(s) the MQTT session")
  @Phrase(means = "Sends DISCONNECT: the good-bye of MQTT.", example = "I end the MQTT session")
  public void disconnect(String who) throws InterruptedException {
    MqttSession.of(who).disconnect();
  }
}
