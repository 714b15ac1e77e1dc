package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The text exposition, read as Prometheus would. */
record Scrape(String text) {
  static Scrape of(Exposition exposition) {
    return new Scrape(text(exposition.write(null, null, Set.of())));
  }

  static String text(Exposition.Page page) {
    return StandardCharsets.UTF_8.decode(page.body().duplicate()).toString();
  }

  static byte[] bytes(Exposition.Page page) {
    byte[] bytes = new byte[page.body().remaining()];
    page.body().duplicate().get(bytes);
    return bytes;
  }

  List<String> lines(String... parts) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .filter(line -> List.of(parts).stream().allMatch(line::contains))
        .toList();
  }

  /** The value of the one series that contains all the parts. */
  double value(String... parts) {
    List<String> lines = lines(parts);
    assertThat(lines).hasSize(1);
    String line = lines.get(0);
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  Optional<String> help(String name) {
    return text.lines()
        .filter(line -> line.startsWith("# HELP " + name + " "))
        .map(line -> line.substring(("# HELP " + name + " ").length()))
        .findFirst();
  }
}
