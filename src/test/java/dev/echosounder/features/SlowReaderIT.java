package dev.echosounder.features;

import dev.echosounder.servers.Nginx;
import java.time.Duration;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/** Back-pressure up to the drop, by a proxy that is known for it. */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories("src/test/resources/nginx")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
final class SlowReaderIT {
  @BeforeSuite
  static void start() {
    ForeignServer.start(Nginx.startImpatient(Duration.ofMillis(500)));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
