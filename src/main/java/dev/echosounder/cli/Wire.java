package dev.echosounder.cli;

import dev.echosounder.report.Secrets;
import dev.echosounder.report.WireLog;
import java.io.PrintStream;
import java.util.function.UnaryOperator;

/** What {@code --wire} shows, and where. */
final class Wire {
  private Wire() {}

  /** Among the results, which are for a person. */
  static WireLog log(Io io, Secrets secrets, UnaryOperator<String> redact) {
    return new WireLog(
        lines -> {
          io.print(lines);
          io.out().flush();
        },
        secrets,
        redact,
        io.color());
  }

  /** Beside the results, which are for a program. */
  static WireLog aside(Io io, Secrets secrets) {
    PrintStream err = io.err();
    return new WireLog(lines -> err.print(io.shown(lines)), secrets, s -> s, false);
  }
}
