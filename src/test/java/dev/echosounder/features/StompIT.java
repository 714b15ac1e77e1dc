package dev.echosounder.features;

import dev.echosounder.servers.VertxStomp;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** STOMP 1.2 as Vert.x speaks it. */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/stomp.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
final class StompIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(VertxStomp.start());
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
