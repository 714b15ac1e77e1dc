package dev.echosounder.cli;

import dev.echosounder.report.WireLog;
import java.io.PrintStream;
import java.util.function.UnaryOperator;

/** What {@code --wire} shows, and where. */
final class Wire {
  private Wire() {}

  /** Among the results, which are for a person. */
  static WireLog log(Io io, UnaryOperator<String> redact) {
    return new WireLog(
        lines -> {
          io.print(lines);
          io.out().flush();
        },
        redact,
        io.color());
  }

  /** Beside the results, which are for a program. */
  static WireLog aside(Io io, UnaryOperator<String> redact) {
    PrintStream err = io.err();
    return new WireLog(lines -> err.print(io.shown(lines)), redact, false);
  }
}
