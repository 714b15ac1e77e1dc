package dev.echosounder.features;

import dev.echosounder.servers.NodeServer;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** Socket.IO as its own package speaks it. */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/subprotocols/socketio.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.subprotocol,dev.echosounder.features")
final class SocketIoIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(
        NodeServer.start("socketio", "socketio.mjs", "/socket.io/?EIO=4&transport=websocket"));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
