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
public final class Logs {
  static final String APPENDER = "STDERR";

  private Logs() {}

  /**
   * Has the first logger set up logging for the program, unless the user's properties name another
   * provider or a configuration of theirs. An application that embeds us is left alone: it does not
   * call this.
   */
  public static void ofProgram() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.getProperties().putIfAbsent("slf4j.provider", ProgramLogging.class.getName());
      // It would tell on standard error that it has been given a provider.
      System.getProperties().putIfAbsent("slf4j.internal.verbosity", "WARN");
    }
  }

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
