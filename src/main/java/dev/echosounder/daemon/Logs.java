package dev.echosounder.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.echosounder.config.Config;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the log look as configured. Back to text from JSON takes a restart. */
final class Logs {
  private static final String APPENDER = "STDERR";

  private Logs() {}

  /** Does nothing where SLF4J is bound to another library: an application that embeds us. */
  static void apply(Config.Logging logging) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return;
    }
    context.getLogger("dev.echosounder").setLevel(Level.toLevel(logging.level().name()));
    var appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
    if (logging.format() == Config.Logging.Format.JSON
        && appender instanceof ConsoleAppender<ILoggingEvent> console) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.start();
      console.setEncoder(encoder);
    }
  }
}
