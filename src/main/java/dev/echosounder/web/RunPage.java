package dev.echosounder.web;

import dev.echosounder.report.Redaction;
import dev.echosounder.report.Transcript;
import dev.echosounder.report.Units;
import dev.echosounder.report.Waterfall;
import dev.echosounder.ws.Timeline;

/** One run: how it came out, its phases, and everything that went over the wire. */
final class RunPage {
  /** So many fit a phone in small print. */
  private static final int COLUMNS = 52;

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
    String phases = Waterfall.text(timeline, COLUMNS, true, false);
    if (!phases.isEmpty()) {
      html.raw("<h2>Phases</h2><pre class=phases>").lines(phases).raw("</pre>");
    }
    html.raw("<h2>Transcript</h2><pre>").lines(Transcript.text(timeline)).raw("</pre>");
  }
}
