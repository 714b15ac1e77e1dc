package dev.echosounder.features;

import dev.echosounder.servers.NodeServer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** JSON-RPC 2.0 as the json-rpc-2.0 package speaks it. */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/jsonrpc.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
final class JsonRpcIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(NodeServer.start("jsonrpc", "jsonrpc.mjs", "/"));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
