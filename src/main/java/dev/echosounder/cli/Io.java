package dev.echosounder.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where results and diagnostics go, and what that place can show.
 *
 * @param out results
 * @param err diagnostics
 * @param environment the process's variables
 * @param color whether {@code out} may carry ANSI colours
 * @param unicode whether {@code out} can show more than ASCII
 * @param width columns of the terminal
 */
record Io(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean color,
    boolean unicode,
    int width) {
  private static final int WIDTH = 80;
  private static final int WIDEST = 200;

  /** The process's own, as the launcher describes them: a JVM cannot ask about its terminal. */
  static Io ofProcess() {
    Map<String, String> environment = System.getenv();
    // Up to JDK 17 System.out has the platform's encoding, which is what the terminal shows.
    Charset charset =
        Charset.forName(
            System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8")));
    boolean terminal = Boolean.getBoolean("echosounder.terminal");
    return new Io(
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        environment,
        terminal && colorWanted(environment),
        charset.equals(StandardCharsets.UTF_8),
        Math.min(WIDEST, Integer.getInteger("echosounder.columns", WIDTH)));
  }

  /** See https://no-color.org: any value but the empty one forbids colour. */
  static boolean colorWanted(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Prints results, replacing our own signs where they cannot be shown. */
  void print(String text) {
    out.print(shown(text));
  }

  /** The text with our own signs replaced where they cannot be shown. */
  String shown(String text) {
    return unicode
        ? text
        : text.replace("→", ">")
            .replace("←", "<")
            .replace("·", "-")
            .replace("…", "...")
            .replace("µ", "u")
            .replace("§", "section ");
  }

  Charset charset() {
    return unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }

  String good(String text) {
    return color ? "\u001b[32m" + text + "\u001b[0m" : text;
  }

  String bad(String text) {
    return color ? "\u001b[31m" + text + "\u001b[0m" : text;
  }

  String strong(String text) {
    return color ? "\u001b[1m" + text + "\u001b[0m" : text;
  }
}
