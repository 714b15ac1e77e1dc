package dev.echosounder.features;

import dev.echosounder.servers.NodeServer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** SignalR as a scripted hub speaks it with Microsoft's own codec. */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/signalr.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
@ConfigurationParameter(key = "cucumber.filter.tags", value = "not @silence")
final class SignalRIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(NodeServer.start("signalr", "signalr.mjs", "/hub"));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
