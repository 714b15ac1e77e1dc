package dev.echosounder.web;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.report.Redaction;
import dev.echosounder.report.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One target: each check with its latency, phases, drops and runs, newest first. */
final class TargetPage {
  /** A page of them stays below 300 KB, whatever they show. */
  static final int CHECKS = 4;

  /** As bars, and in the chart of latencies. */
  private static final int SHOWN = 60;

  private static final int RUNS = 20;
  private static final int DETAIL = 120;
  private static final int MOST_LABELS = 100;

  private final Status.Target target;
  private final History history;
  private final Ages ages;
  private final String root;
  private final int wanted;

  /**
   * @param root from the page to the server's root
   * @param wanted which page of checks, from 1
   */
  TargetPage(Status.Target target, History history, Ages ages, String root, int wanted) {
    this.target = target;
    this.history = history;
    this.ages = ages;
    this.root = root;
    this.wanted = wanted;
  }

  /** URL and labels, of these at most so many. */
  static void facts(Html html, Status.Target target, int most) {
    html.raw("<p class=url>").text(Redaction.text(target.url()), 200);
    new TreeMap<>(target.labels())
        .entrySet().stream()
            .limit(most)
            .forEach(
                label ->
                    html.raw(" <span class=label>")
                        .text(label.getKey(), 60)
                        .raw("=")
                        .text(label.getValue(), 60)
                        .raw("</span>"));
    int more = target.labels().size() - most;
    if (more > 0) {
      html.raw(" and ").number(more).raw(more == 1 ? " label" : " labels").raw(" more");
    }
    html.raw("</p>");
  }

  void write(Html html) {
    List<View> views =
        target.checks().stream().map(check -> View.of(target, check, history)).toList();
    html.raw("<p class=crumb><a href=\"")
        .raw(root.isEmpty() ? "./" : root)
        .raw("\">Status</a></p>");
    html.raw("<section class=\"target whole\"><h1>").text(target.name()).raw("</h1>");
    facts(html, target, MOST_LABELS);
    about(html, views);
    html.raw("</section>");
    if (views.isEmpty()) {
      html.raw("<p class=empty>This target has no checks.</p>");
    }
    int pages = Math.max(1, (views.size() + CHECKS - 1) / CHECKS);
    int page = Math.min(wanted, pages);
    views
        .subList((page - 1) * CHECKS, Math.min(page * CHECKS, views.size()))
        .forEach(view -> check(html, view));
    String link = (root.isEmpty() ? "./" : root) + "?target=" + Html.encoded(target.name());
    Pager.write(html, page, pages, number -> link + "&amp;page=" + number);
  }

  private void about(Html html, List<View> views) {
    html.raw("<dl class=about>");
    views.stream()
        .map(view -> view.kept().certificate())
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            notAfter -> {
              html.raw("<div><dt>Certificate<dd>expires ").raw(ages.at(notAfter)).raw(" UTC, ");
              html.raw("<span class=\"").raw(Expiry.mark(notAfter, ages)).raw("\">");
              html.raw(Expiry.in(notAfter, ages)).raw("</span></div>");
            });
    views.stream()
        .map(view -> view.kept().idle())
        .filter(Objects::nonNull)
        .forEach(found -> idle(html, found));
    html.raw("<div><dt>Read on<dd><a href=\"").raw(root).raw("metrics\">Metrics</a> · <a href=\"");
    html.raw(root).raw("config\">Configuration</a>");
    for (View view : views) {
      html.raw(" · <a href=\"").raw(root).raw("api/history?target=").url(target.name());
      html.raw("&amp;check=").url(view.check().name()).raw("\">").text(view.check().name(), 60);
      html.raw(" as JSON</a>");
    }
    html.raw("</div></dl>");
  }

  private static void idle(Html html, IdleFinding found) {
    html.raw("<div><dt>Idle limit<dd>");
    Optional<Duration> limit = found.limit();
    if (limit.isEmpty()) {
      html.raw("none found</div>");
      return;
    }
    html.raw("cut after ").raw(Units.text(limit.get(), true)).raw(" of silence");
    found
        .heartbeat()
        .ifPresent(every -> html.raw("; suggested heartbeat: every ").raw(Units.text(every, true)));
    html.raw("</div>");
  }

  private void check(Html html, View view) {
    html.raw("<section class=\"target one\">");
    new CheckRow(html, ages, root, SHOWN).write(view);
    List<History.Result> shown = View.newest(view.kept().recent(), SHOWN);
    html.raw("<p class=words>").text(view.check().words(), 600).raw("</p><div class=charts>");
    LatencyChart.draw(html, shown, ages, view.check().held() != null);
    PhaseChart.draw(html, shown, ages, root);
    html.raw("</div>");
    Status.Held held = view.check().held();
    if (held != null) {
      DropTable.write(html, held, ages, root);
    }
    runs(html, view);
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
    older = new ArrayList<>(View.newest(older, RUNS));
    Collections.reverse(older);
    table(html, "Older failures", older, false);
  }

  private void table(Html html, String title, List<History.Result> results, boolean open) {
    if (results.isEmpty()) {
      return;
    }
    html.raw(open ? "<details open><summary>" : "<details><summary>").raw(title).raw(" <b>");
    html.number(results.size())
        .raw(
            "</b></summary><div class=wide tabindex=0 role=region aria-label=Runs><table><thead><tr>");
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
    html.text(Redaction.text(result.detail()), DETAIL);
  }
}
