package dev.echosounder.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The whole program in this process, as a plain UTF-8 terminal without colour would see it. */
final class Program {
  /** What one command did. */
  record Result(int code, String out, String err) {
    String lastLine() {
      return out.lines().reduce((first, second) -> second).orElse("");
    }
  }

  private final Map<String, String> environment = new HashMap<>();
  private boolean color;
  private boolean unicode = true;

  Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Program inColor() {
    color = true;
    return this;
  }

  Program inAscii() {
    unicode = false;
    return this;
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(io(stream(out), stream(err)), args);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Io io(PrintStream out, PrintStream err) {
    return new Io(out, err, Map.copyOf(environment), color, unicode, 80);
  }

  static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
