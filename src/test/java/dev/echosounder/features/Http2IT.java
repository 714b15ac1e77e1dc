package dev.echosounder.features;

import dev.echosounder.servers.HaProxy;
import dev.echosounder.ws.HttpVersion;
import java.time.Duration;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/**
 * What goes over the wire, unchanged, over HTTP/2 in clear text: HAProxy makes HTTP/1.1 of it for
 * Netty.
 */
@Suite
@IncludeEngines("cucumber")
@SelectFile("features/core/handshake.feature")
@SelectFile("features/core/echo.feature")
@SelectFile("features/core/frames.feature")
@SelectFile("features/core/close.feature")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
@ConfigurationParameter(key = "cucumber.filter.tags", value = "not @upgrade")
final class Http2IT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(HaProxy.start(Duration.ofMinutes(1)), t -> t.withHttp(HttpVersion.HTTP_2));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
