package dev.echosounder.web;

import dev.echosounder.report.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All checks, the failing first, a page at a time. */
final class StatusPage {
  /** A page of them stays below 300 KB, whatever they show. */
  static final int ROWS = 32;

  private static final int LABELS = 8;
  private static final int REFRESH_SECONDS = 15;

  private final Status status;
  private final Ages ages;
  private final Choice choice;
  private final List<View> all = new ArrayList<>();
  private final List<View> chosen;
  private final Map<View.State, Integer> counts = new EnumMap<>(View.State.class);

  StatusPage(Status status, History history, Ages ages, Choice choice) {
    this.status = status;
    this.ages = ages;
    this.choice = choice;
    for (Status.Target target : status.targets()) {
      target.checks().forEach(check -> all.add(View.of(target, check, history)));
    }
    all.forEach(view -> counts.merge(view.state(), 1, Integer::sum));
    Map<String, View.State> worst = new HashMap<>();
    all.forEach(
        v -> worst.merge(v.target().name(), v.state(), (a, b) -> a.compareTo(b) < 0 ? a : b));
    // Whole targets by their worst check; a target's checks stay together.
    all.sort(
        Comparator.comparing((View v) -> worst.getOrDefault(v.target().name(), v.state()))
            .thenComparing(v -> v.target().name())
            .thenComparing(View::state)
            .thenComparing(v -> v.check().name()));
    chosen = all.stream().filter(choice::has).toList();
  }

  /**
   * What the reader wants to see.
   *
   * @param text in a target's name, URL or labels, or a check's name; empty means all
   * @param state null means all
   * @param page from 1
   * @param live whether the page is loaded again by itself
   */
  record Choice(String text, View.@Nullable State state, int page, boolean live) {
    static Choice of(Query query) {
      String text = query.one("q");
      return new Choice(
          text == null ? "" : text,
          state(query.one("state")),
          query.number("page", 1),
          "on".equals(query.one("live")));
    }

    private static View.@Nullable State state(@Nullable String label) {
      for (View.State state : View.State.values()) {
        if (state.label().equals(label)) {
          return state;
        }
      }
      return null;
    }

    boolean has(View view) {
      return (state == null || view.state() == state)
          && (text.isEmpty()
              || contains(view.target().name())
              || contains(view.check().name())
              || contains(Redaction.text(view.target().url()))
              || view.target().labels().entrySet().stream()
                  .anyMatch(label -> contains(label.getKey() + "=" + label.getValue())));
    }

    private boolean contains(String where) {
      return where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    String link(View.@Nullable State otherState, int otherPage, boolean otherLive) {
      String link =
          (text.isEmpty() ? "" : "&amp;q=" + Html.encoded(text))
              + (otherState == null ? "" : "&amp;state=" + otherState.label())
              + (otherPage == 1 ? "" : "&amp;page=" + otherPage)
              + (otherLive ? "&amp;live=on" : "");
      return link.isEmpty() ? "./" : "?" + link.substring("&amp;".length());
    }
  }

  String title() {
    int failing = count(View.State.FAILING);
    return failing == 0 ? "Status" : failing + " failing";
  }

  int refresh() {
    return choice.live() ? REFRESH_SECONDS : 0;
  }

  void write(Html html) {
    headline(html);
    if (all.isEmpty()) {
      html.raw("<p class=empty>Nothing is watched yet. Add targets to the configuration, then ");
      html.raw("reload it; each check appears here with its first result.</p>");
      return;
    }
    new Fleet(html, ages, all).write();
    tools(html);
    int pages = Math.max(1, (chosen.size() + ROWS - 1) / ROWS);
    int page = Math.min(choice.page(), pages);
    if (chosen.isEmpty()) {
      html.raw("<p class=empty>No check matches. <a href=\"./\">Show all</a></p>");
    }
    rows(html, chosen.subList((page - 1) * ROWS, Math.min(page * ROWS, chosen.size())));
    Pager.write(html, page, pages, number -> choice.link(choice.state(), number, choice.live()));
  }

  private void headline(Html html) {
    int failing = count(View.State.FAILING);
    html.raw("<div class=\"head ").raw(failing > 0 ? "bad" : "good").raw("\"><h1>");
    if (all.isEmpty()) {
      html.raw("No checks");
    } else if (failing > 0) {
      html.number(failing)
          .raw(" of ")
          .number(all.size())
          .raw(all.size() == 1 ? " check" : " checks");
      html.raw(failing == 1 ? " is failing" : " are failing");
    } else if (count(View.State.WAITING) == all.size()) {
      html.raw("Waiting for the first results");
    } else if (count(View.State.WAITING) > 0) {
      html.raw("No check is failing");
    } else {
      html.raw(all.size() == 1 ? "The check passes" : "All " + all.size() + " checks pass");
    }
    html.raw("</h1><p>").number(status.targets().size());
    html.raw(status.targets().size() == 1 ? " target" : " targets");
    html.raw(" · watching for ").raw(Ages.span(Duration.between(status.since(), ages.now())));
    html.raw(" · as of ").raw(ages.at(ages.now())).raw(" UTC</p></div>");
  }

  private void tools(Html html) {
    html.raw("<div class=tools><nav class=states aria-label=State>");
    tab(html, null, "all", all.size());
    for (View.State state : View.State.values()) {
      if (count(state) > 0 || state == choice.state()) {
        tab(html, state, state.label(), count(state));
      }
    }
    html.raw("</nav><form><input type=search name=q aria-label=\"Filter by name, URL or label\"");
    html.raw(" placeholder=\"Filter by name, URL or label\" value=\"")
        .text(choice.text())
        .raw("\">");
    if (choice.state() != null) {
      html.raw("<input type=hidden name=state value=").raw(choice.state().label()).raw(">");
    }
    html.raw("<button>Filter</button></form><a class=live href=\"");
    html.raw(choice.link(choice.state(), choice.page(), !choice.live())).raw("\">");
    html.raw(choice.live() ? "Stop refreshing" : "Refresh every " + REFRESH_SECONDS + " s");
    html.raw("</a></div>");
  }

  private void tab(Html html, View.@Nullable State state, String label, int count) {
    html.raw("<a href=\"").raw(choice.link(state, 1, choice.live())).raw("\"");
    html.raw(choice.state() == state ? " aria-current=true>" : ">").raw(label);
    html.raw(" <b>").number(count).raw("</b></a>");
  }

  private void rows(Html html, List<View> rows) {
    CheckRow row = new CheckRow(html, ages, "", Bars.SHOWN);
    Status.Target current = null;
    for (View view : rows) {
      if (!view.target().equals(current)) {
        html.raw(current == null ? "" : "</section>");
        current = view.target();
        html.raw("<section class=target><h2><a href=\"?target=").url(current.name()).raw("\">");
        html.text(current.name(), 120).raw("</a></h2>");
        TargetPage.facts(html, current, LABELS);
      }
      row.write(view);
    }
    html.raw(current == null ? "" : "</section>");
  }

  private int count(View.State state) {
    return counts.getOrDefault(state, 0);
  }
}
