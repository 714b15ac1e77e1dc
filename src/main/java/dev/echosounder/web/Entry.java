package dev.echosounder.web;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run in the history. Equal only to itself. Guarded by the history's lock once it is in it. */
final class Entry {
  /** Text of a failure beyond this is cut: a peer can send a close reason with every run. */
  private static final int MOST_DETAIL = 1_000;

  // Heap of the objects behind each, 64-bit with compressed pointers, rounded up.
  private static final int ENTRY_BYTES = 410;
  private static final int TIMELINE_BYTES = 1_100;
  private static final int EVENT_BYTES = 140;
  private static final int HEADER_BYTES = 140;

  private final History.Result result;
  private final int timelineBytes;
  private final @Nullable Instant certificate;
  private final @Nullable IdleFinding idle;
  private @Nullable Timeline timeline;

  private Entry(History.Result result, @Nullable Evidence evidence) {
    this.result = result;
    timeline = evidence == null ? null : evidence.timeline();
    timelineBytes = timeline == null ? 0 : weigh(timeline);
    certificate = timeline == null ? null : certificate(timeline);
    idle = evidence == null ? null : evidence.idle();
  }

  private Entry(History.Result result, Entry draft) {
    this.result = result;
    timeline = draft.timeline;
    timelineBytes = draft.timelineBytes;
    certificate = draft.certificate;
    idle = draft.idle;
  }

  /** Not numbered yet. */
  static Entry of(Instant start, Outcome outcome) {
    if (outcome instanceof Outcome.Passed passed) {
      IdleFinding idle = passed.evidence().idle();
      String found = idle == null ? "" : idle.sentence();
      return of(start, History.Verdict.PASSED, passed.evidence(), "", "", found);
    }
    if (outcome instanceof Outcome.Failed f) {
      return of(
          start, History.Verdict.FAILED, f.evidence(), f.stage().label(), f.cause(), f.detail());
    }
    String reason = outcome instanceof Outcome.Skipped skipped ? skipped.reason() : "";
    return new Entry(
        new History.Result(
            0,
            start,
            History.Verdict.SKIPPED,
            Duration.ZERO,
            null,
            "",
            "",
            cut(reason),
            PhaseTimes.NONE),
        (Evidence) null);
  }

  private static Entry of(
      Instant start,
      History.Verdict verdict,
      Evidence evidence,
      String stage,
      String cause,
      String detail) {
    List<Duration> trips = evidence.roundTrips();
    Duration last = trips.isEmpty() ? null : trips.get(trips.size() - 1);
    return new Entry(
        new History.Result(
            0,
            start,
            verdict,
            evidence.took(),
            last,
            stage,
            cause,
            cut(detail),
            PhaseTimes.of(evidence.phases())),
        evidence);
  }

  Entry numbered(long id) {
    History.Result r = result;
    return new Entry(
        new History.Result(
            id,
            r.start(),
            r.verdict(),
            r.took(),
            r.roundTrip(),
            r.stage(),
            r.cause(),
            r.detail(),
            r.phases()),
        this);
  }

  History.Result result() {
    return result;
  }

  @Nullable Timeline timeline() {
    return timeline;
  }

  /** When the certificate that this run saw expires; null if it saw none. */
  @Nullable Instant certificate() {
    return certificate;
  }

  /** What this run found out about silence; null if nothing. */
  @Nullable IdleFinding idle() {
    return idle;
  }

  boolean failed() {
    return result.verdict() == History.Verdict.FAILED;
  }

  void dropTimeline() {
    timeline = null;
  }

  /** Without the timeline. */
  int bytes() {
    return ENTRY_BYTES + 2 * result.detail().length();
  }

  int timelineBytes() {
    return timelineBytes;
  }

  private static @Nullable Instant certificate(Timeline timeline) {
    Instant notAfter = null;
    for (Event event : timeline.events()) {
      notAfter = event instanceof Event.TlsDone done ? done.notAfter() : notAfter;
    }
    return notAfter;
  }

  private static String cut(String text) {
    return text.length() <= MOST_DETAIL ? text : text.substring(0, MOST_DETAIL) + "…";
  }

  private static int weigh(Timeline timeline) {
    int bytes = TIMELINE_BYTES;
    for (Event event : timeline.events()) {
      bytes += EVENT_BYTES;
      if (event instanceof Event.Sent sent) {
        bytes += weigh(sent.frame());
      } else if (event instanceof Event.Received received) {
        bytes += weigh(received.frame());
      } else if (event instanceof Event.Upgrading upgrading) {
        bytes += 2 * upgrading.requestLine().length() + weigh(upgrading.headers());
      } else if (event instanceof Event.Upgraded upgraded) {
        bytes += weigh(upgraded.headers());
      } else if (event instanceof Event.Refused refused) {
        bytes += weigh(refused.failure());
      }
    }
    return bytes;
  }

  private static int weigh(Frame frame) {
    return 100 + frame.excerpt().size();
  }

  private static int weigh(ConnectFailure failure) {
    ConnectFailure.Response response = failure.response();
    int detail = 100 + 2 * failure.detail().length();
    return response == null
        ? detail
        : detail + weigh(response.headers()) + 50 + response.body().size();
  }

  private static int weigh(List<Header> headers) {
    int bytes = 50;
    for (Header header : headers) {
      bytes += HEADER_BYTES + header.name().length() + header.value().length();
    }
    return bytes;
  }
}
