package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.ILoggerFactory;

/** The log's look, which people's own programs read. */
@ResourceLock(Resources.SYSTEM_ERR)
final class ProgramLoggingTest {
  private static final String TIME =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]..:..) ";

  @Test
  void eachEventIsALineOnStandardError() {
    String[] lines =
        logged(
            loggers -> {
              loggers
                  .getLogger("dev.echosounder.hold.Keeper")
                  .atWarn()
                  .addKeyValue("target", "a b")
                  .log("dropped");
              loggers.getLogger("dev.echosounder.web.Web").info("ready");
            });
    assertThat(lines[0]).matches(TIME + "WARN  Keeper dropped target=\"a b\"");
    assertThat(lines[1]).matches(TIME + "INFO  Web ready ");
    assertThat(lines).hasSize(2);
  }

  @Test
  void anExceptionComesWithTheTopOfItsStack() {
    Exception e = new IllegalStateException("why");
    String[] lines = logged(loggers -> loggers.getLogger("dev.echosounder.X").error("oh", e));
    assertThat(lines[0]).matches(TIME + "ERROR X oh ");
    assertThat(lines[1]).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(lines[2]).startsWith("\tat " + ProgramLoggingTest.class.getName());
  }

  @Test
  void librariesAreHeardFromAWarningOn() {
    String[] lines =
        logged(
            loggers -> {
              loggers.getLogger("org.eclipse.jetty.server.Server").info("started");
              loggers.getLogger("org.eclipse.jetty.server.Server").warn("late");
              loggers
                  .getLogger("org.eclipse.jetty.util.ssl.SslContextFactory.config")
                  .warn("trust all");
              loggers.getLogger("com.networknt.schema.Pattern").error("no such pattern");
              loggers.getLogger("dev.echosounder.ws.Client").debug("a detail");
            });
    assertThat(lines).singleElement().asString().matches(TIME + "WARN  Server late ");
  }

  private interface Logging {
    void to(ILoggerFactory loggers);
  }

  private static String[] logged(Logging logging) {
    PrintStream before = System.err;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    System.setErr(new PrintStream(seen, true, StandardCharsets.UTF_8));
    ProgramLogging provider = new ProgramLogging();
    try {
      provider.initialize();
      logging.to(provider.getLoggerFactory());
    } finally {
      ((LoggerContext) provider.getLoggerFactory()).stop();
      System.setErr(before);
    }
    return seen.toString(StandardCharsets.UTF_8).split("\\R");
  }
}
