package dev.echosounder.features;

import dev.echosounder.servers.ServerKind;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/**
 * The core features, unchanged, against Netty. Its codec answers no plain HTTP: it hangs up at
 * once.
 */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories("features/core")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
@ConfigurationParameter(key = "cucumber.filter.tags", value = "not @http-keep-alive")
final class NettyIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(ServerKind.NETTY);
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
