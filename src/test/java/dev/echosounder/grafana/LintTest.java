package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules that the Grafana community holds dashboards to, and some of our own. */
final class LintTest {
  private static final String SOURCE = "${datasource}";
  private static final Set<String> VARIABLES = Set.of("datasource", "job", "target", "check");
  private static final Pattern WINDOW = Pattern.compile("(\\w+)\\([^()\\[]*\\[([^\\]]+)\\]");
  private static final Pattern HARD_CODED =
      Pattern.compile("\\b(job|instance)\\s*(=~?|!=|!~)\\s*\"(?!\\$job\")");

  /** What an objective is about, whatever the zoom; an instant query has no zoom. */
  private static final Set<String> OBJECTIVES = Set.of("$window", "5m", "30m", "1h", "6h", "3d");

  @Test
  void everyDashboardKeepsTheRules() {
    Collection<JsonNode> boards = Dashboards.all().values();
    assertThat(boards).hasSize(4);
    assertThat(boards.stream().flatMap(board -> lint(board).stream())).isEmpty();
    assertThat(boards.stream().map(board -> board.path("uid").asString())).doesNotHaveDuplicates();
  }

  /** Each rule, seen to fail. */
  @Test
  void everyRuleSeesWhatBreaksIt() {
    broken("no title", board -> panel(board).put("title", " "));
    broken("no description", board -> panel(board).remove("description"));
    broken("no unit", board -> panel(board).withObject("/fieldConfig/defaults").remove("unit"));
    broken("another data source", board -> panel(board).withObject("/datasource").put("uid", "x"));
    broken("not over $__rate_interval", board -> query(board, "rate(up{job=~\"$job\"}[7m])", true));
    broken(
        "not over $__rate_interval",
        board -> query(board, "rate(up{job=~\"$job\"}[$__range])", true));
    broken("hard-coded", board -> query(board, "up{job=\"echosounder\"}", false));
    broken("hard-coded", board -> query(board, "up{instance=~\"a:.+\"}", false));
    broken("not of this job", board -> query(board, "up", false));
    broken("id taken", board -> panel(board).put("id", 1));
    broken("overlaps", board -> panel(board).withObject("/gridPos").put("x", 2).put("w", 6));
    broken("too wide", board -> panel(board).withObject("/gridPos").put("w", 25));
    broken(
        "no variable", board -> ((ObjectNode) board.at("/templating/list/1")).put("name", "jobs"));
    broken("no link", board -> ((ArrayNode) board.path("links")).removeAll());
    broken("link loses", board -> ((ObjectNode) board.at("/links/0")).put("keepTime", false));
    broken("no annotation", board -> ((ArrayNode) board.at("/annotations/list")).removeAll());
    broken(
        "nothing to say when empty",
        board -> {
          query(board, "sum(up{job=~\"$job\"})", false);
          panel(board).withObject("/fieldConfig/defaults").remove("noValue");
        });
  }

  private static void broken(String complaint, Consumer<ObjectNode> damage) {
    ObjectNode board = (ObjectNode) Objects.requireNonNull(Dashboards.all().get("fleet.json"));
    damage.accept(board);
    assertThat(lint(board)).as(complaint).anyMatch(line -> line.contains(complaint));
  }

  private static ObjectNode panel(JsonNode board) {
    return (ObjectNode) board.at("/panels/1");
  }

  private static void query(JsonNode board, String expr, boolean range) {
    ((ObjectNode) panel(board).at("/targets/0")).put("expr", expr).put("instant", !range);
  }

  private static List<String> lint(JsonNode board) {
    List<String> found = new ArrayList<>();
    String uid = board.path("uid").asString();
    Set<String> names = new TreeSet<>();
    board.at("/templating/list").forEach(v -> names.add(v.path("name").asString()));
    VARIABLES.stream().filter(v -> !names.contains(v)).forEach(v -> found.add("no variable " + v));
    if (board.path("links").isEmpty()) {
      found.add("no link");
    }
    board
        .path("links")
        .forEach(
            link -> {
              if (!link.path("keepTime").asBoolean() || !link.path("includeVars").asBoolean()) {
                found.add("link loses the time or the selection");
              }
            });
    if (board.at("/annotations/list").size() < 3) {
      found.add("no annotation");
    }
    Set<Integer> ids = new HashSet<>();
    Set<Integer> taken = new HashSet<>();
    for (JsonNode panel : Dashboards.panels(board)) {
      if (!ids.add(panel.path("id").asInt())) {
        found.add("id taken");
      }
      place(panel.path("gridPos"), taken, found);
      if (!panel.path("type").asString().equals("row")) {
        panel(panel, found);
      }
    }
    return found.stream().map(line -> uid + ": " + line).toList();
  }

  private static void place(JsonNode at, Set<Integer> taken, List<String> found) {
    int x = at.path("x").asInt();
    int y = at.path("y").asInt();
    int right = x + at.path("w").asInt();
    if (right > 24) {
      found.add("too wide: " + at);
    }
    IntStream.range(y, y + at.path("h").asInt())
        .flatMap(row -> IntStream.range(x, right).map(column -> 24 * row + column))
        .filter(cell -> !taken.add(cell))
        .findAny()
        .ifPresent(cell -> found.add("overlaps: " + at));
  }

  private static void panel(JsonNode panel, List<String> found) {
    String title = panel.path("title").asString("");
    Stream.of("title", "description")
        .filter(key -> panel.path(key).asString("").isBlank())
        .forEach(key -> found.add(title + ": no " + key));
    if (panel.path("type").asString().equals("text")) {
      return;
    }
    if (panel.at("/fieldConfig/defaults/unit").asString("").isEmpty()) {
      found.add(title + ": no unit");
    }
    if (!panel.at("/datasource/uid").asString("").equals(SOURCE)) {
      found.add(title + ": another data source");
    }
    boolean empty = !panel.at("/fieldConfig/defaults/noValue").asString("").isEmpty();
    for (JsonNode target : panel.path("targets")) {
      String expr = target.path("expr").asString();
      if (!target.at("/datasource/uid").asString("").equals(SOURCE)) {
        found.add(title + ": another data source");
      }
      if (HARD_CODED.matcher(expr).find()) {
        found.add(title + ": hard-coded job or instance: " + expr);
      }
      if (!expr.contains("job=~\"$job\"")) {
        found.add(title + ": not of this job: " + expr);
      }
      if (!empty && !expr.contains("vector(0)") && panel.path("type").asString().equals("stat")) {
        found.add(title + ": nothing to say when empty");
      }
      windows(title, expr, target.path("instant").asBoolean(), found);
    }
  }

  private static void windows(String title, String expr, boolean instant, List<String> found) {
    WINDOW
        .matcher(expr)
        .results()
        .filter(call -> Set.of("rate", "increase").contains(call.group(1)))
        .map(call -> call.group(2))
        .filter(window -> !window.equals("$__rate_interval") && !OBJECTIVES.contains(window))
        .filter(window -> !(instant && window.equals("$__range")))
        .forEach(window -> found.add(title + ": not over $__rate_interval but " + window));
  }
}
