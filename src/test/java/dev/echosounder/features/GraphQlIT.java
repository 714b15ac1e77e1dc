package dev.echosounder.features;

import dev.echosounder.servers.NodeServer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** GraphQL as the graphql-ws package speaks it. */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/graphql.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
final class GraphQlIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(NodeServer.start("graphql", "graphql.mjs", "/"));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
