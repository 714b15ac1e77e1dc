package dev.echosounder.web;

import dev.echosounder.report.Redaction;
import dev.echosounder.report.Transcript;
import dev.echosounder.report.Units;
import dev.echosounder.report.Waterfall;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One run: how it came out, its phases, and everything that went over the wire. */
final class RunPage {
  private final History.Run run;
  private final Ages ages;

  RunPage(History.Run run, Ages ages) {
    this.run = run;
    this.ages = ages;
  }

  static String word(History.Verdict verdict) {
    return switch (verdict) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
    };
  }

  void write(Html html) {
    History.Result result = run.result();
    html.raw("<section class=run><p class=crumb><a href=\"../?target=").url(run.target());
    html.raw("\">").text(run.target(), 120).raw("</a></p><h1>").text(run.check(), 120);
    html.raw(" <span class=").raw(word(result.verdict())).raw(">").raw(word(result.verdict()));
    html.raw("</span></h1><p>").raw(ages.at(result.start())).raw(" UTC, ");
    ages.ago(html, result.start());
    if (result.verdict() != History.Verdict.SKIPPED) {
      html.raw(" · took ").raw(Units.text(result.took(), true));
    }
    if (result.roundTrip() != null) {
      html.raw(" · round trip ").raw(Units.text(result.roundTrip(), true));
    }
    html.raw("</p>");
    reason(html, result);
    Timeline timeline = run.timeline();
    if (timeline != null) {
      evidence(html, timeline);
      String file = Long.toString(result.id());
      html.raw("<p class=about>Everything: <a download href=\"").raw(file);
      html.raw(".jsonl\">JSON lines</a> · <a download href=\"").raw(file);
      html.raw(".har\">HTTP Archive (HAR)</a></p>");
    } else if (result.verdict() != History.Verdict.SKIPPED) {
      html.raw("<p class=empty>The transcript of this run is no longer kept: only those of the ");
      html.raw("newest runs and failures are.</p>");
    }
    html.raw("</section>");
  }

  private static void reason(Html html, History.Result result) {
    if (result.verdict() == History.Verdict.FAILED) {
      html.raw("<div class=why><p><strong>").text(result.cause()).raw("</strong> at ");
      html.text(result.stage()).raw("</p><p class=detail>");
      html.text(Redaction.text(result.detail())).raw("</p>");
      Advice.write(html, result.cause());
      html.raw("</div>");
    } else if (!result.detail().isEmpty()) {
      html.raw("<p>").text(result.detail()).raw("</p>");
    }
  }

  private static void evidence(Html html, Timeline timeline) {
    phases(html, Waterfall.bars(timeline));
    html.raw("<h2>Transcript</h2><div class=wide tabindex=0 role=region aria-label=Transcript>");
    html.raw("<table class=events><thead><tr><th class=n>Time<th>Direction<th>What<th class=n>");
    html.raw("Length<th>Content</thead><tbody>");
    Transcript.lines(timeline).forEach(line -> event(html, line));
    html.raw("</tbody></table></div>");
  }

  private static void phases(Html html, List<Waterfall.Bar> bars) {
    if (bars.isEmpty()) {
      return;
    }
    double end = Waterfall.end(bars);
    html.raw("<h2>Phases</h2><ol class=fall>");
    for (Waterfall.Bar bar : bars) {
      html.raw("<li><span>").raw(bar.phase().label()).raw("</span><svg aria-hidden=true><rect");
      html.raw(" class=").raw(bar.phase().label()).raw(" x=");
      html.raw(percent(bar.start().toNanos() / end)).raw(" width=");
      html.raw(percent(bar.took().toNanos() / end)).raw(" height=100%></rect></svg><b>");
      html.raw(Units.text(bar.took(), true)).raw("</b>");
    }
    html.raw("</ol>");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private static void event(Html html, Transcript.Line line) {
    String way = line.sign() == '→' ? "sent" : line.sign() == '←' ? "received" : "";
    html.raw("<tr class=\"").raw(way).raw("\"><td class=n>");
    html.raw(line.since() == null ? "" : millis(line.since()));
    html.raw("<td>").raw(way.isEmpty() ? "" : line.sign() + " " + way).raw("<td>");
    html.text(line.what()).raw("<td class=n>");
    html.raw(line.length() < 0 ? "" : line.length() + " B").raw("<td>").lines(line.text());
    if (!line.more().isEmpty()) {
      html.raw("<div class=more>").lines(String.join("\n", line.more())).raw("</div>");
    }
  }

  private static String millis(Duration since) {
    return String.format(Locale.ROOT, "%.3f ms", since.toNanos() / 1e6);
  }
}
