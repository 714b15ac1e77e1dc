package dev.echosounder.web;

import dev.echosounder.check.Stage;
import dev.echosounder.report.Units;
import dev.echosounder.ws.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The phases of the newest runs, stacked: which of them makes a run slow is seen at once. */
final class PhaseChart {
  private static final int RUNS = 10;

  private final Html html;
  private final Ages ages;
  private final String root;
  private final List<History.Result> runs;
  private final Set<Phase> seen = EnumSet.noneOf(Phase.class);

  private PhaseChart(Html html, Ages ages, String root, List<History.Result> runs) {
    this.html = html;
    this.ages = ages;
    this.root = root;
    this.runs = runs;
    runs.forEach(run -> seen.addAll(run.phases().all().keySet()));
  }

  /** Nothing if no phase of any run has ended. */
  static void draw(Html html, List<History.Result> results, Ages ages, String root) {
    List<History.Result> runs =
        new ArrayList<>(View.newest(results.stream().filter(PhaseChart::hasItsOwn).toList(), RUNS));
    Collections.reverse(runs);
    if (!runs.isEmpty()) {
      new PhaseChart(html, ages, root, runs).draw();
    }
  }

  /** A held connection that drops has shown its phases when it opened. */
  private static boolean hasItsOwn(History.Result run) {
    return !run.phases().equals(PhaseTimes.NONE) && !run.stage().equals(Stage.HELD.label());
  }

  private void draw() {
    html.raw("<figure class=phases><figcaption><h4>Phases of the newest runs</h4>");
    html.raw("<ul class=legend>");
    for (Phase phase : seen) {
      html.raw("<li><i class=").raw(phase.label()).raw("></i>").raw(phase.label());
      html.raw(" <small>").raw(Units.text(median(phase), true)).raw("</small>");
    }
    html.raw("</ul></figcaption><ol>");
    long longest = runs.stream().mapToLong(r -> sum(stacked(r))).reduce(1, Math::max);
    runs.forEach(run -> bar(run, longest));
    html.raw("</ol>");
    table();
    html.raw("</figure>");
  }

  private Duration median(Phase phase) {
    List<Duration> times =
        runs.stream()
            .flatMap(run -> run.phases().all().entrySet().stream())
            .filter(e -> e.getKey() == phase)
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    return View.quantile(times, 50).orElse(Duration.ZERO);
  }

  /** Waiting for the first message, as a rule, is waiting for the echo: that is drawn once. */
  private static Map<Phase, Long> stacked(History.Result run) {
    Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    run.phases().all().forEach((phase, took) -> nanos.put(phase, took.toNanos()));
    nanos.computeIfPresent(
        Phase.FIRST_MESSAGE,
        (phase, took) -> Math.max(0, took - nanos.getOrDefault(Phase.ECHO, 0L)));
    return nanos;
  }

  private static long sum(Map<Phase, Long> nanos) {
    return nanos.values().stream().mapToLong(Long::longValue).sum();
  }

  private void bar(History.Result run, long longest) {
    Map<Phase, Long> nanos = stacked(run);
    html.raw("<li><span>");
    link(run);
    html.raw("</span><svg aria-hidden=true>");
    double from = 0;
    for (Map.Entry<Phase, Long> part : nanos.entrySet()) {
      double width = 100.0 * part.getValue() / longest;
      html.raw("<rect class=").raw(part.getKey().label()).raw(" x=").raw(percent(from));
      html.raw(" width=").raw(percent(width)).raw(" height=100%></rect>");
      from += width;
    }
    html.raw("</svg><b>").raw(Units.text(Duration.ofNanos(sum(nanos)), true)).raw("</b>");
  }

  private void link(History.Result run) {
    html.raw("<a href=\"").raw(root).raw("run/").number(run.id()).raw("\">");
    html.raw(ages.at(run.start())).raw("</a>");
    html.raw(run.verdict() == History.Verdict.FAILED ? " <em class=failed>failed</em>" : "");
  }

  private void table() {
    html.raw("<details><summary>As a table</summary><div class=wide tabindex=0 role=region");
    html.raw(" aria-label=Phases><table class=plain><thead><tr><th>Time, UTC");
    seen.forEach(phase -> html.raw("<th class=n>").raw(phase.label()));
    html.raw("</thead><tbody>");
    for (History.Result run : runs) {
      Map<Phase, Duration> phases = run.phases().all();
      html.raw("<tr><td>").raw(ages.at(run.start()));
      for (Phase phase : seen) {
        Duration took = phases.get(phase);
        html.raw("<td class=n>").raw(took == null ? "–" : Units.text(took, true));
      }
    }
    html.raw("</tbody></table></div></details>");
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
