package dev.echosounder.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every metric's name, type, unit, labels and help, read from the table that is also the
 * documentation. A name can be claimed once: the registry would merge two of the same name silently
 * when they come from different libraries.
 */
final class Catalogue {
  /**
   * One metric.
   *
   * @param name as exposed, with unit and {@code _total}
   * @param unit empty if it has none
   * @param labels with {@code {user}} for those of the configuration
   */
  record Row(String name, String type, String unit, List<String> labels, String help) {
    /** What Micrometer calls it, which adds {@code _total} by itself. */
    String meterName() {
      return name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
    }

    @Nullable String meterUnit() {
      return unit.isEmpty() ? null : unit;
    }
  }

  private final Map<String, Row> rows = new HashMap<>();
  private final Set<String> claimed = new HashSet<>();

  private Catalogue(Stream<String> lines) {
    lines
        .filter(line -> line.startsWith("| ") && !line.startsWith("| name "))
        .map(Catalogue::row)
        .forEach(
            row -> {
              if (rows.put(row.name(), row) != null) {
                throw new IllegalStateException("two rows called " + row.name());
              }
            });
  }

  static Catalogue load() {
    try (InputStream table = Catalogue.class.getResourceAsStream("catalogue.md")) {
      if (table == null) {
        throw new IllegalStateException("catalogue.md is not in the jar");
      }
      return new Catalogue(new String(table.readAllBytes(), StandardCharsets.UTF_8).lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    List<String> labels =
        Stream.of(cells.get(4).split(",", -1))
            .map(String::strip)
            .filter(l -> !l.isEmpty())
            .toList();
    return new Row(cells.get(1), cells.get(2), cells.get(3), labels, cells.get(5));
  }

  Map<String, Row> rows() {
    return Map.copyOf(rows);
  }

  /** The row of a metric that is about to be registered. */
  Row claim(String name) {
    Row row = rows.get(name);
    if (row == null) {
      throw new IllegalStateException(name + " has no row in catalogue.md");
    } else if (!claimed.add(name)) {
      throw new IllegalStateException(name + " is registered twice");
    }
    return row;
  }
}
