package dev.echosounder.web;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.report.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a person asks first about all targets together, each in a card of a few lines. */
final class Fleet {
  /** So many lines a card has, the most urgent first. */
  private static final int LINES = 4;

  private final Html html;
  private final Ages ages;
  private final List<View> all;

  Fleet(Html html, Ages ages, List<View> all) {
    this.html = html;
    this.ages = ages;
    this.all = all;
  }

  /** A card's line: what it is about, and how it stands. */
  private record Line(View view, String value, String mark) {}

  void write() {
    html.raw("<section class=fleet aria-label=\"All targets\">");
    causes();
    held();
    slowest();
    certificates();
    idleLimits();
    html.raw("</section>");
  }

  private void causes() {
    Map<String, Long> now =
        all.stream()
            .filter(v -> v.state() == View.State.FAILING)
            .map(v -> v.kept().lastFailure())
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(History.Result::cause, Collectors.counting()));
    if (!now.isEmpty()) {
      open("Failing, by cause");
      counts(now, " check", " checks");
      close();
    }
  }

  private void held() {
    List<Status.Held> held =
        all.stream().map(v -> v.check().held()).filter(Objects::nonNull).toList();
    if (held.isEmpty()) {
      return;
    }
    open("Held connections");
    long open = held.stream().filter(Status.Held::open).count();
    row("open", out -> out.number(open).raw(" of ").number(held.size()));
    Map<String, Long> drops = new HashMap<>();
    held.forEach(h -> h.drops().forEach((cause, count) -> drops.merge(cause, count, Long::sum)));
    if (drops.isEmpty()) {
      row("drops", out -> out.raw("none"));
    } else {
      counts(drops, " drop", " drops");
    }
    recovery(held.stream().flatMap(h -> h.newest().stream()).toList());
    close();
  }

  private void recovery(List<Status.Drop> drops) {
    List<Duration> times = recoveries(drops);
    View.quantile(times, 50)
        .ifPresent(time -> row("recovery, p50", out -> out.raw(Ages.precise(time))));
    View.quantile(times, 100)
        .ifPresent(time -> row("recovery, longest", out -> out.raw(Ages.precise(time))));
  }

  /** How long it took from each drop until the connection was open again, shortest first. */
  static List<Duration> recoveries(List<Status.Drop> drops) {
    return drops.stream().map(Status.Drop::recovery).filter(Objects::nonNull).sorted().toList();
  }

  private void slowest() {
    Map<View, Duration> medians = new HashMap<>();
    for (View view : all) {
      View.quantile(view.roundTrips(), 50).ifPresent(median -> medians.put(view, median));
    }
    lines(
        "Slowest round trips, median",
        medians.entrySet().stream()
            .sorted(Map.Entry.<View, Duration>comparingByValue().reversed())
            .map(e -> new Line(e.getKey(), Units.text(e.getValue(), true), ""))
            .toList(),
        true);
  }

  private void certificates() {
    Map<String, View> soonest = new TreeMap<>();
    for (View view : all) {
      if (view.kept().certificate() != null) {
        soonest.putIfAbsent(view.target().name(), view);
      }
    }
    lines(
        "Certificates, next to expire",
        soonest.values().stream()
            .sorted(Comparator.comparing(Fleet::certificate))
            .map(
                v ->
                    new Line(v, Expiry.in(certificate(v), ages), Expiry.mark(certificate(v), ages)))
            .toList(),
        false);
  }

  private static Instant certificate(View view) {
    return Objects.requireNonNull(view.kept().certificate());
  }

  private void idleLimits() {
    List<Line> lines = new ArrayList<>();
    for (View view : all) {
      IdleFinding found = view.kept().idle();
      if (found != null) {
        found.limit().ifPresent(limit -> lines.add(new Line(view, Units.text(limit, true), "")));
      }
    }
    lines("Idle limits, cut after", lines, false);
  }

  private void lines(String title, List<Line> lines, boolean checks) {
    if (lines.isEmpty()) {
      return;
    }
    open(title);
    for (Line line : lines.subList(0, Math.min(LINES, lines.size()))) {
      html.raw("<div><dt><a href=\"?target=").url(line.view().target().name()).raw("\">");
      html.text(line.view().target().name(), 60).raw("</a>");
      if (checks) {
        html.raw(" ").text(line.view().check().name(), 30);
      }
      html.raw("<dd class=\"").raw(line.mark()).raw("\">").raw(line.value()).raw("</div>");
    }
    if (lines.size() > LINES) {
      html.raw("<div class=rest><dt>and ").number(lines.size() - LINES).raw(" more</div>");
    }
    close();
  }

  private void counts(Map<String, Long> counts, String one, String many) {
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(LINES)
        .forEach(
            e -> {
              html.raw("<div><dt><code>").text(e.getKey()).raw("</code><dd>");
              html.number(e.getValue()).raw(e.getValue() == 1 ? one : many).raw("</div>");
            });
  }

  private void row(String name, Consumer<Html> value) {
    html.raw("<div><dt>").raw(name).raw("<dd>");
    value.accept(html);
    html.raw("</div>");
  }

  private void open(String title) {
    html.raw("<div class=card><h2>").raw(title).raw("</h2><dl>");
  }

  private void close() {
    html.raw("</dl></div>");
  }
}
