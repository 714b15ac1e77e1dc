package dev.echosounder.cli;

import dev.echosounder.check.Check;
import dev.echosounder.check.Evidence;
import dev.echosounder.check.Outcome;
import dev.echosounder.report.Redaction;
import dev.echosounder.report.Transcript;
import dev.echosounder.report.Units;
import dev.echosounder.report.Visible;
import dev.echosounder.report.Waterfall;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A probe's outcome for a person: phases, facts, round trips, transcript, and the result last. */
final class ProbeText {
  /** From this many round trips on, every frame would bury the result. */
  private static final int MANY = 10;

  private final Io io;
  private final UnaryOperator<String> redact;

  ProbeText(Io io, UnaryOperator<String> redact) {
    this.io = io;
    this.redact = redact;
  }

  private void print(String text) {
    io.print(redact.apply(text));
  }

  void print(Target target, Check check, Outcome outcome) {
    print(io.strong(Visible.text(Redaction.text(target.uri().toString()))) + "\n\n");
    if (outcome instanceof Outcome.Passed passed) {
      evidence(target, passed.evidence());
      String line = "passed: %s in %s".formatted(check.kind(), units(passed.evidence().took()));
      print(io.good(line) + "\n");
    } else if (outcome instanceof Outcome.Failed failed) {
      evidence(target, failed.evidence());
      String line =
          "failed: %s at %s after %s: %s"
              .formatted(
                  failed.cause(),
                  failed.stage().label(),
                  units(failed.evidence().took()),
                  Visible.text(Redaction.text(failed.detail())));
      print(io.bad(line) + "\n");
      hint(failed);
    } else if (outcome instanceof Outcome.Skipped skipped) {
      print("skipped: " + skipped.reason() + "\n");
    }
  }

  private void evidence(Target target, Evidence evidence) {
    String bars = Waterfall.text(evidence.timeline(), io.width(), io.unicode(), io.color());
    print(bars.isEmpty() ? "" : bars + "\n");
    evidence.timeline().events().forEach(event -> fact(target, event));
    roundTrips(evidence.roundTrips());
    if (evidence.roundTrips().size() <= MANY) {
      print(Transcript.text(evidence.timeline()) + "\n");
    }
  }

  private void fact(Target target, Event event) {
    if (event instanceof Event.TlsDone done) {
      String expiry = done.notAfter() == null ? "none" : "valid until " + done.notAfter();
      String doubt = target.tls().verify() ? "" : ", NOT VERIFIED";
      print(
          "tls: %s, %s, certificate %s%s\n"
              .formatted(done.protocol(), done.cipher(), expiry, doubt));
    } else if (event instanceof Event.Upgraded upgraded) {
      String extensions =
          upgraded.extensions().isEmpty() ? "none" : String.join(", ", upgraded.extensions());
      String subprotocol = upgraded.subprotocol() == null ? "none" : upgraded.subprotocol();
      String facts = "subprotocol: %s, extensions: %s".formatted(subprotocol, extensions);
      print(Visible.text(facts) + "\n\n");
    }
  }

  private void roundTrips(List<Duration> all) {
    if (all.isEmpty()) {
      return;
    }
    List<Duration> sorted = all.stream().sorted().toList();
    String line =
        all.size() == 1
            ? "round trip: " + units(all.get(0))
            : "round trips: %d, min %s, p50 %s, p99 %s, max %s"
                .formatted(
                    all.size(),
                    units(sorted.get(0)),
                    units(quantile(sorted, 50)),
                    units(quantile(sorted, 99)),
                    units(sorted.get(sorted.size() - 1)));
    print(line + "\n\n");
  }

  /** The nearest rank: a value that was measured, never one in between. */
  static Duration quantile(List<Duration> sorted, int percent) {
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(0, rank - 1));
  }

  /** The transcript gives advice on its own last line; our deadline is not in it. */
  private void hint(Outcome.Failed failed) {
    List<Event> events = failed.evidence().timeline().events();
    for (Event event : events) {
      if (event instanceof Event.Upgraded
          || (event instanceof Event.Refused r
              && r.failure().cause().label().equals(failed.cause()))) {
        return;
      }
    }
    for (ConnectFailure.Cause cause : ConnectFailure.Cause.values()) {
      if (cause.label().equals(failed.cause())) {
        print("hint: " + cause.advice() + "\n");
      }
    }
  }

  private String units(Duration duration) {
    return Units.text(duration, io.unicode());
  }
}
