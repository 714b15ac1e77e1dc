package dev.echosounder.features;

import dev.echosounder.servers.PythonServer;
import org.junit.jupiter.api.Tag;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** SignalR as aiosignalr speaks it, whose hubs do not send Close. */
@Tag("surroundings")
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/signalr.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
@ConfigurationParameter(key = "cucumber.filter.tags", value = "not @close")
final class SignalRHubIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(PythonServer.start("signalr-hub", "hub.py", "/hub"));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
