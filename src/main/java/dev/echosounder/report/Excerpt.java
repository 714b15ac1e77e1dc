package dev.echosounder.report;

import java.util.List;

/** The beginning and the end of a long text, and how much is missing between them. */
final class Excerpt {
  /** Beyond this a line is cut: one may hold a whole message. */
  private static final int LINE = 2_000;

  private Excerpt() {}

  /** At most {@code most} lines, with one more that says how many are left out. */
  static String of(String text, int most) {
    List<String> lines = text.lines().map(Excerpt::line).toList();
    if (lines.size() <= most) {
      return String.join("\n", lines);
    }
    int head = most / 2;
    List<String> tail = lines.subList(lines.size() - (most - head), lines.size());
    return String.join("\n", lines.subList(0, head))
        + "\n… %d lines left out …\n".formatted(lines.size() - most)
        + String.join("\n", tail);
  }

  private static String line(String line) {
    return line.length() <= LINE
        ? line
        : line.substring(0, LINE) + "… (%d characters more)".formatted(line.length() - LINE);
  }
}
