package dev.echosounder.web;

import dev.echosounder.report.Redaction;
import dev.echosounder.report.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One check in a page: its state, its last runs, its numbers, and what is wrong. */
final class CheckRow {
  private static final int DETAIL = 400;

  private final Html html;
  private final Ages ages;
  private final String root;
  private final int shown;

  /**
   * @param root from the page to the server's root
   * @param shown how many runs are drawn as bars
   */
  CheckRow(Html html, Ages ages, String root, int shown) {
    this.html = html;
    this.ages = ages;
    this.root = root;
    this.shown = shown;
  }

  void write(View view) {
    html.raw("<article class=\"check ").raw(view.state().label()).raw("\">");
    html.raw("<div class=what><span class=state>").raw(view.state().label());
    html.raw("</span><h3>").text(view.check().name(), 100).raw("</h3><p class=sub>");
    kind(view.check());
    html.raw("</p></div>");
    List<History.Result> results = View.newest(view.kept().recent(), shown);
    if (results.isEmpty()) {
      html.raw("<p class=\"bars none\">").raw(view.check().held() == null ? "No run yet." : "");
      html.raw("</p>");
    } else {
      Bars.draw(html, results, ages, root);
    }
    numbers(view);
    connection(view.check());
    found(view.kept().last());
    failure(view);
    html.raw("</article>");
  }

  private void kind(Status.Check check) {
    if (!check.kind().equals(check.name())) {
      html.text(check.kind(), 100).raw(", ");
    }
    html.raw("every ").raw(Ages.span(check.interval()));
  }

  private void numbers(View view) {
    List<Duration> durations = view.durations();
    History.Result last = view.kept().last();
    if (last == null) {
      return;
    }
    html.raw("<dl class=nums>");
    Status.Held held = view.check().held();
    if (held == null) {
      number("round trip", last.roundTrip());
      number("last run", last.verdict() == History.Verdict.SKIPPED ? null : last.took());
    } else {
      number("heartbeat", held.heartbeat());
    }
    String runs = held == null ? "" : "connect ";
    View.quantile(durations, 50).ifPresent(d -> number(runs + "p50", d));
    View.quantile(durations, 99).ifPresent(d -> number(runs + "p99", d));
    html.raw("</dl><p class=when>");
    ages.ago(html, last.start());
    html.raw("</p>");
  }

  private void number(String name, @Nullable Duration value) {
    if (value == null) {
      html.raw("<div><dt>").raw(name).raw("<dd>–</div>");
      return;
    }
    String text = Units.text(value, true);
    int blank = text.indexOf(' ');
    html.raw("<div><dt>").raw(name).raw("<dd>").raw(text.substring(0, blank));
    html.raw("<small>").raw(text.substring(blank)).raw("</small></div>");
  }

  private void connection(Status.Check check) {
    Status.Held held = check.held();
    if (held == null) {
      return;
    }
    String span = Ages.span(Duration.between(held.since(), ages.now()));
    html.raw("<p class=held>").raw(held.open() ? "Connected for " : "Not connected for ");
    html.raw(span).raw(". ");
    if (held.count() == 0) {
      html.raw("No drop so far.");
    } else {
      drops(held);
    }
    html.raw("</p>");
  }

  private void drops(Status.Held held) {
    html.number(held.count()).raw(held.count() == 1 ? " drop" : " drops");
    if (held.drops().size() > 1) {
      String before = " (";
      for (Map.Entry<String, Long> cause : new TreeMap<>(held.drops()).entrySet()) {
        html.raw(before).text(cause.getKey()).raw(" ").number(cause.getValue());
        before = ", ";
      }
      html.raw(")");
    }
    html.raw(", the last by <code>").text(held.lastCause()).raw("</code>: ");
    html.text(Advice.of(held.lastCause())).raw(".");
    List<Duration> times = Fleet.recoveries(held.newest());
    if (!times.isEmpty()) {
      html.raw(" Back after ").raw(Ages.precise(times.get((times.size() - 1) / 2)));
      html.raw(times.size() == 1 ? "." : " as a rule, ");
      html.raw(times.size() == 1 ? "" : Ages.precise(times.get(times.size() - 1)) + " at most.");
    }
  }

  private void found(History.@Nullable Result last) {
    if (last != null && last.verdict() == History.Verdict.PASSED && !last.detail().isEmpty()) {
      html.raw("<p class=held>").text(last.detail(), DETAIL).raw("</p>");
    }
  }

  private void failure(View view) {
    History.Result failure = view.kept().lastFailure();
    if (failure == null) {
      return;
    }
    boolean now = view.state() == View.State.FAILING;
    html.raw(now ? "<div class=why>" : "<div class=\"why past\">");
    html.raw("<p><strong>").text(failure.cause()).raw("</strong> at ").text(failure.stage());
    html.raw(now ? ", " : ", last failure ");
    ages.ago(html, failure.start());
    int row = view.failedInARow();
    if (now && row > 1) {
      html.raw(", ").number(row).raw(" runs in a row");
    }
    html.raw(" · <a href=\"").raw(root).raw("run/").number(failure.id()).raw("\">transcript</a>");
    html.raw("</p>");
    if (now) {
      html.raw("<p class=detail>").text(Redaction.text(failure.detail()), DETAIL).raw("</p>");
      Advice.write(html, failure.cause());
    }
    html.raw("</div>");
  }
}
