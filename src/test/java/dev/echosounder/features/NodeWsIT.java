package dev.echosounder.features;

import dev.echosounder.servers.ServerKind;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/** The core features, unchanged, against NodeWs. */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories("features/core")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
final class NodeWsIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(ServerKind.NODE_WS);
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
