package dev.echosounder.features;

import dev.echosounder.servers.MqttBroker;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** MQTT as Mosquitto speaks it. */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/mqtt.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
final class MqttIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(MqttBroker.start());
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
