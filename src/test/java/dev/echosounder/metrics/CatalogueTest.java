package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.check.IdleFinding;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue and what is exposed are the same, both ways. */
final class CatalogueTest {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"");

  /** Which collectors there are, and what they tell, is the JVM's choice. */
  private static final Pattern OF_THE_COLLECTOR = Pattern.compile("jvm_gc_(pause|concurrent).*");

  @Test
  void everythingExposedIsInTheCatalogueAndTheOtherWayRound() {
    Subject subject = new Subject("shop", "echo", Map.of("team", "blue"), true, true);
    Subject kept = new Subject("shop", "hold", Map.of("team", "blue"), true, true, true);
    Map<String, String> exposed = new TreeMap<>();
    try (Metrics metrics = Metrics.create("1", null)) {
      metrics.replace(List.of(subject, kept));
      Holds.everythingOnce(metrics.held(kept));
      metrics.of(subject).record(Outcomes.passed());
      metrics.of(subject).record(Outcomes.idle(IdleFinding.Nature.SILENCE));
      metrics.self().lag(Duration.ZERO);
      exposed.putAll(describe(Scrape.of(metrics.exposition())));
    }
    Map<String, String> catalogued = new TreeMap<>();
    Catalogue.load().rows().forEach((name, row) -> catalogued.put(name, describe(row)));
    assertThat(catalogued).containsKeys(exposed.keySet().toArray(String[]::new));
    exposed.keySet().removeIf(name -> OF_THE_COLLECTOR.matcher(name).matches());
    catalogued.keySet().removeIf(name -> OF_THE_COLLECTOR.matcher(name).matches());
    assertThat(exposed).isEqualTo(catalogued);
  }

  private static String describe(Catalogue.Row row) {
    Set<String> labels = new TreeSet<>(row.labels());
    if (labels.remove("{user}")) {
      labels.add("team");
    }
    return row.type() + " " + labels + " " + row.help();
  }

  private static Map<String, String> describe(Scrape scrape) {
    Map<String, String> all = new TreeMap<>();
    for (String line : scrape.text().lines().toList()) {
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        String name = type.group(1);
        Set<String> labels = new TreeSet<>(labels(scrape, name));
        all.put(name, type.group(2) + " " + labels + " " + scrape.help(name).orElse("has no help"));
      }
    }
    return all;
  }

  private static Set<String> labels(Scrape scrape, String name) {
    Pattern series = Pattern.compile(name + "(_sum|_count|_bucket)?[{ ].*");
    Set<String> labels = new LinkedHashSet<>();
    for (String line : scrape.lines(name)) {
      if (series.matcher(line).matches()) {
        LABEL.matcher(line).results().forEach(label -> labels.add(label.group(1)));
      }
    }
    labels.remove("le");
    return labels;
  }

  @Test
  void timesAreInSecondsAndCountersEndInTotal() {
    Catalogue.load()
        .rows()
        .values()
        .forEach(
            row -> {
              assertThat(row.name().endsWith("_total")).isEqualTo(row.type().equals("counter"));
              assertThat(row.help()).isNotEmpty();
              if (!row.unit().isEmpty()) {
                assertThat(row.name()).contains("_" + row.unit());
              }
            });
  }

  @Test
  void aNameIsRegisteredOnceAndOnlyIfItHasARow() {
    Catalogue catalogue = Catalogue.load();
    catalogue.claim("echosounder_probe_up");
    assertThatThrownBy(() -> catalogue.claim("echosounder_probe_up"))
        .hasMessageContaining("registered twice");
    assertThatThrownBy(() -> catalogue.claim("echosounder_nonsense"))
        .hasMessageContaining("no row");
  }
}
