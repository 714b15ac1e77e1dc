package dev.echosounder.web;

import dev.echosounder.report.Redaction;
import dev.echosounder.report.Units;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** One target: each check with its last runs and its older failures, newest first. */
final class TargetPage {
  private static final int BARS = 100;
  private static final int RUNS = 30;

  private final Status.Target target;
  private final History history;
  private final Ages ages;
  private final String root;

  TargetPage(Status.Target target, History history, Ages ages, String root) {
    this.target = target;
    this.history = history;
    this.ages = ages;
    this.root = root;
  }

  /** URL and labels. */
  static void facts(Html html, Status.Target target) {
    html.raw("<p class=url>").text(Redaction.text(target.url()), 200);
    new TreeMap<>(target.labels())
        .forEach(
            (name, value) ->
                html.raw(" <span class=label>")
                    .text(name, 60)
                    .raw("=")
                    .text(value, 60)
                    .raw("</span>"));
    html.raw("</p>");
  }

  void write(Html html) {
    html.raw("<section class=\"target whole\"><h1>").text(target.name()).raw("</h1>");
    facts(html, target);
    if (target.checks().isEmpty()) {
      html.raw("<p class=empty>This target has no checks.</p>");
    }
    CheckRow row = new CheckRow(html, ages, root, BARS);
    for (Status.Check check : target.checks()) {
      View view = View.of(target, check, history);
      row.write(view);
      runs(html, view);
    }
    html.raw("</section>");
  }

  private void runs(Html html, View view) {
    List<History.Result> newest = new ArrayList<>(View.newest(view.kept().recent(), RUNS));
    Collections.reverse(newest);
    table(html, "Last runs", newest, view.state() == View.State.FAILING);
    List<History.Result> older = new ArrayList<>(view.kept().failures());
    List<History.Result> rest =
        view.kept().recent().subList(0, view.kept().recent().size() - newest.size());
    rest.stream().filter(r -> r.verdict() == History.Verdict.FAILED).forEach(older::add);
    Collections.reverse(older);
    table(html, "Older failures", older, false);
  }

  private void table(Html html, String title, List<History.Result> results, boolean open) {
    if (results.isEmpty()) {
      return;
    }
    html.raw(open ? "<details open><summary>" : "<details><summary>").raw(title).raw(" <b>");
    html.number(results.size()).raw("</b></summary><div class=wide><table><thead><tr>");
    html.raw("<th>Time, UTC<th>Result<th class=n>Took<th class=n>Round trip<th>Detail");
    html.raw("</thead><tbody>");
    results.forEach(result -> line(html, result));
    html.raw("</tbody></table></div></details>");
  }

  private void line(Html html, History.Result result) {
    html.raw("<tr><td><a href=\"").raw(root).raw("run/").number(result.id()).raw("\">");
    html.raw(ages.at(result.start())).raw("</a><td class=").raw(RunPage.word(result.verdict()));
    html.raw(">").raw(RunPage.word(result.verdict())).raw("<td class=n>");
    html.raw(result.verdict() == History.Verdict.SKIPPED ? "–" : Units.text(result.took(), true));
    html.raw("<td class=n>");
    html.raw(result.roundTrip() == null ? "–" : Units.text(result.roundTrip(), true));
    html.raw("<td>");
    if (!result.cause().isEmpty()) {
      html.raw("<code>").text(result.cause()).raw("</code> at ").text(result.stage()).raw(": ");
    }
    html.text(Redaction.text(result.detail()), 200);
  }
}
