package dev.echosounder.config;

import java.util.Comparator;

/**
 * One thing wrong with a configuration.
 *
 * @param line from 1; 0 if the file as a whole is meant
 * @param column from 1, in code points; 0 if the file as a whole is meant
 * @param message what was expected and what was seen; never a secret
 */
public record Problem(String file, int line, int column, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message)
          .thenComparing(Problem::file);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: message}, as compilers and editors know it. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
