package dev.echosounder.features;

import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.JettyHttp2;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.Start;
import dev.echosounder.ws.HttpVersion;
import dev.echosounder.ws.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectFile;
import org.junit.platform.suite.api.Suite;

/** What goes over the wire, unchanged, over HTTP/2 and TLS against Jetty. */
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
final class Http2TlsIT {
  @BeforeSuite
  static void start() throws IOException {
    Path directory = Files.createDirectories(Path.of("target/tls-http2"));
    Certificates certificates = new Certificates(directory);
    ForeignServer.start(
        new Start.Running(JettyHttp2.tls(certificates.server(Leaf.VALID))),
        t -> t.withHttp(HttpVersion.HTTP_2).withTls(Tls.DEFAULT.withCa(certificates.authority())));
  }

  @AfterSuite
  static void stop() {
    ForeignServer.stop();
  }
}
