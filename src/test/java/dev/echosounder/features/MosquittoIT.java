package dev.echosounder.features;

import dev.echosounder.servers.ServerKind;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/** Bytes to and from an MQTT broker, which does not echo. */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories("src/test/resources/mqtt")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
final class MosquittoIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(ServerKind.MOSQUITTO);
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
