package dev.echosounder.report;

import static dev.echosounder.report.ScenarioPicture.number;

import dev.echosounder.ws.Opcode;
import java.util.Locale;

/** The shape of each opcode: those who cannot tell the colours apart can tell these. */
final class Glyph {
  private static final double SIZE = 4.5;

  private Glyph() {}

  /** An SVG path around a centre. */
  static String path(Opcode opcode, double x, double y) {
    return switch (opcode) {
      case TEXT -> circle(x, y);
      case BINARY -> polygon(x, y, -1, -1, 1, -1, 1, 1, -1, 1);
      case CONTINUATION -> polygon(x, y, 0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0);
      case PING -> polygon(x, y, 0, -1.2, 1.2, 1, -1.2, 1);
      case PONG -> polygon(x, y, 0, 1.2, 1.2, -1, -1.2, -1);
      // A cross of two bars, so that it can be filled as the others are.
      case CLOSE ->
          polygon(
              x, y, -1.3, -0.8, -0.8, -1.3, 0, -0.5, 0.8, -1.3, 1.3, -0.8, 0.5, 0, 1.3, 0.8, 0.8,
              1.3, 0, 0.5, -0.8, 1.3, -1.3, 0.8, -0.5, 0);
    };
  }

  private static String circle(double x, double y) {
    String r = number(SIZE);
    return String.format(
        Locale.ROOT,
        "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0z",
        number(x - SIZE),
        number(y),
        r,
        r,
        number(2 * SIZE),
        r,
        r,
        number(2 * SIZE));
  }

  private static String polygon(double x, double y, double... points) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(number(x + points[i] * SIZE)).append(' ');
      path.append(number(y + points[i + 1] * SIZE));
    }
    return path.append('z').toString();
  }
}
