package dev.echosounder.grafana;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What {@code grafana/dashboards} holds, as it is there for Grafana to read. */
public final class Dashboards {
  static final Path DIRECTORY = Path.of("grafana", "dashboards");

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)(?::\\w+)?\\}|(\\w+))");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((.*), (\\w+)\\)", Pattern.DOTALL);

  /**
   * One query of a panel, of an annotation or of a variable.
   *
   * @param dashboard its uid
   * @param panel its title, for annotations and variables with what it is before the name
   * @param refId its letter within the panel
   * @param expr PromQL with Grafana's variables
   * @param legend with Grafana's {@code {{label}}}; empty if there is none
   * @param format {@code time_series}, {@code table} or {@code heatmap}
   * @param instant whether it is asked at one moment only
   * @param variables what the dashboard's variables are when it is opened
   */
  public record Query(
      String dashboard,
      String panel,
      String refId,
      String expr,
      String legend,
      String format,
      boolean instant,
      Map<String, String> variables) {
    public Query {
      variables = Map.copyOf(variables);
    }

    /**
     * The expression as Grafana would send it.
     *
     * @param range the dashboard's time range: {@code 5m}
     * @param rate what {@code $__rate_interval} would be: four scrapes at least
     * @param chosen variables that are not as when the dashboard is opened
     */
    public String promql(String range, String rate, Map<String, String> chosen) {
      Map<String, String> all = new TreeMap<>(variables);
      all.put("__range", range);
      all.put("__rate_interval", rate);
      all.put("__interval", rate);
      all.putAll(chosen);
      return substitute(expr, all);
    }

    /** As above, with every variable as when the dashboard is opened. */
    public String promql(String range, String rate) {
      return promql(range, rate, Map.of());
    }

    @Override
    public String toString() {
      return dashboard + " / " + panel + " / " + refId;
    }
  }

  private Dashboards() {}

  /** By file name. */
  static Map<String, JsonNode> all() {
    Map<String, JsonNode> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Json.object(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** Every query of every dashboard. */
  public static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    all().values().forEach(dashboard -> queries.addAll(queries(dashboard)));
    return queries;
  }

  private static List<Query> queries(JsonNode dashboard) {
    List<Query> queries = new ArrayList<>();
    String uid = dashboard.path("uid").asString();
    Map<String, String> variables = variables(dashboard);
    for (JsonNode panel : panels(dashboard)) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                uid,
                panel.path("title").asString(),
                target.path("refId").asString(),
                target.path("expr").asString(),
                target.path("legendFormat").asString(),
                target.path("format").asString(),
                target.path("instant").asBoolean(),
                variables));
      }
    }
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      String name = "annotation " + annotation.path("name").asString();
      String expr = annotation.path("expr").asString();
      queries.add(new Query(uid, name, "A", expr, "", "time_series", false, variables));
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      LABEL_VALUES
          .matcher(variable.path("definition").asString(""))
          .results()
          .map(found -> "count by (%s) (%s)".formatted(found.group(2), found.group(1)))
          .map(
              expr ->
                  new Query(
                      uid,
                      "variable " + variable.path("name").asString(),
                      "A",
                      expr,
                      "",
                      "table",
                      true,
                      variables))
          .forEach(queries::add);
    }
    return queries;
  }

  /** Rows and what they hold, folded or not. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      panels.add(panel);
      panel.path("panels").forEach(panels::add);
    }
    return panels;
  }

  /** What the variables are when the dashboard is opened; all of them, where that is a choice. */
  private static Map<String, String> variables(JsonNode dashboard) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode variable : dashboard.at("/templating/list")) {
      String all = variable.path("allValue").asString("");
      String value = all.isEmpty() ? variable.at("/current/value").asString("") : all;
      variables.put(variable.path("name").asString(), value);
    }
    return variables;
  }

  /**
   * Replaces {@code $name}, {@code ${name}} and {@code ${name:format}}.
   *
   * @throws IllegalArgumentException if there is no such variable
   */
  static String substitute(String expr, Map<String, String> variables) {
    return VARIABLE
        .matcher(expr)
        .replaceAll(
            found -> {
              String name = Objects.requireNonNullElse(found.group(1), found.group(2));
              String value = variables.get(name);
              if (value == null) {
                throw new IllegalArgumentException("no variable " + name + " for " + expr);
              }
              return java.util.regex.Matcher.quoteReplacement(value);
            });
  }
}
