package dev.echosounder.web;

import dev.echosounder.report.Units;
import java.time.Duration;
import java.util.List;

/** The last runs as bars: the height is the duration, the colour the outcome. */
final class Bars {
  /** On the status page. */
  static final int SHOWN = 40;

  private static final int LEVELS = 9;

  private Bars() {}

  /**
   * @param root from the page to the server's root, such as {@code ../}
   */
  static void draw(Html html, List<History.Result> results, Ages ages, String root) {
    long passed = count(results, History.Verdict.PASSED);
    long failed = count(results, History.Verdict.FAILED);
    html.raw("<div class=bars role=group aria-label=\"last ").number(results.size());
    html.raw(results.size() == 1 ? " run: " : " runs: ").number(passed).raw(" passed, ");
    html.number(failed).raw(" failed");
    long skipped = results.size() - passed - failed;
    if (skipped > 0) {
      html.raw(", ").number(skipped).raw(" skipped");
    }
    html.raw("\">");
    // One run in twenty may be higher than the bars: a single slow one would flatten the others.
    long longest =
        View.quantile(
                results.stream()
                    .filter(r -> r.verdict() == History.Verdict.PASSED)
                    .map(History.Result::took)
                    .sorted()
                    .toList(),
                95)
            .orElse(Duration.ZERO)
            .toNanos();
    results.forEach(r -> bar(html, r, longest, ages, root));
    html.raw("</div>");
  }

  /** Short on purpose: a page has thousands of them, too many for the tab key as well. */
  private static void bar(Html html, History.Result r, long longest, Ages ages, String root) {
    switch (r.verdict()) {
      case PASSED -> {
        long level = Math.min(LEVELS, 1 + r.took().toNanos() * (LEVELS - 1) / Math.max(1, longest));
        html.raw("<i class=h").number(level).raw(" title=\"").raw(ages.at(r.start()));
        html.raw(" passed, ").raw(Units.text(r.took(), true)).raw("\"></i>");
      }
      case FAILED -> {
        html.raw("<a class=f tabindex=-1 href=\"")
            .raw(root)
            .raw("run/")
            .number(r.id())
            .raw("\" title=\"");
        html.raw(ages.at(r.start())).raw(" failed, ").raw(Units.text(r.took(), true));
        html.raw(": ").text(r.cause()).raw("\"></a>");
      }
      case SKIPPED ->
          html.raw("<i class=s title=\"").raw(ages.at(r.start())).raw(" skipped\"></i>");
    }
  }

  private static long count(List<History.Result> results, History.Verdict verdict) {
    return results.stream().filter(r -> r.verdict() == verdict).count();
  }
}
