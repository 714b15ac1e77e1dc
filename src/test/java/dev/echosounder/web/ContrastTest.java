package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The style sheet's colours against WCAG 2.2, level AA. */
final class ContrastTest {
  private static final List<String> TEXT = List.of("ink", "soft", "link", "good", "bad", "warn");
  private static final List<String> GRAPHICS =
      List.of(
          "bar",
          "bad",
          "warn-bar",
          "idle",
          "dns",
          "tcp",
          "tls",
          "upgrade",
          "first",
          "echo",
          "close");

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void coloursAreReadable(int scheme) throws IOException {
    Map<String, Integer> colours = colours(scheme);
    for (String ground : List.of("page", "card", "bad-card")) {
      TEXT.forEach(name -> assertContrast(colours, name, ground, 4.5));
    }
    GRAPHICS.forEach(name -> assertContrast(colours, name, "card", 3));
    // The chosen state is drawn the other way round.
    assertContrast(colours, "page", "ink", 4.5);
  }

  /** Of the light scheme, or the dark. */
  private static Map<String, Integer> colours(int scheme) throws IOException {
    String css;
    try (var in = Objects.requireNonNull(Pages.class.getResourceAsStream("style.css"))) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String block =
        Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL)
            .matcher(css)
            .results()
            .skip(scheme)
            .findFirst()
            .orElseThrow()
            .group(1);
    Map<String, Integer> colours = new HashMap<>();
    Pattern.compile("--([a-z-]+): #([0-9a-f]{3,6});")
        .matcher(block)
        .results()
        .forEach(m -> colours.put(m.group(1), rgb(m.group(2))));
    return colours;
  }

  private static int rgb(String hex) {
    return Integer.parseInt(hex.length() == 3 ? hex.replaceAll("([0-9a-f])", "$1$1") : hex, 16);
  }

  private static void assertContrast(
      Map<String, Integer> colours, String name, String ground, double least) {
    double one = luminance(Objects.requireNonNull(colours.get(name), name));
    double other = luminance(Objects.requireNonNull(colours.get(ground), ground));
    assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
        .as("%s on %s", name, ground)
        .isGreaterThanOrEqualTo(least);
  }

  /** WCAG's relative luminance. */
  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double value = (channel & 0xFF) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
