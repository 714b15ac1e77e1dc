package dev.echosounder.config;

import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of {@code defaults}, targets, templates and modules, and what they make together. */
final class TargetKeys {
  /** Labels the metrics use themselves. */
  static final List<String> RESERVED =
      List.of(
          "target",
          "check",
          "cause",
          "phase",
          "reason",
          "code",
          "direction",
          "opcode",
          "le",
          "quantile",
          "job",
          "instance");

  static final String LABEL_NAMES =
      "(?!__)(?!(?:" + String.join("|", RESERVED) + ")$)[A-Za-z_][A-Za-z0-9_]{0,62}";

  private static final int MOST_LABELS = 30;
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final URI NOWHERE = URI.create("ws://template.invalid/");

  private static final Key<String> NAME =
      Key.required(
          "name",
          Forms.text(
              "a name of at most 200 characters",
              "[^\\s\\u0000-\\u001F\\u007F](?:[^\\u0000-\\u001F\\u007F]{0,199})",
              (v, t) -> t),
          "The target label and the identity across reloads; unique.");
  private static final Key<URI> URL =
      Key.required("url", NetForms.WS_URL, "ws:// or wss:// endpoint (RFC 6455 §3).");
  private static final Key<Map<String, String>> LABELS =
      Key.optional(
          "labels",
          Forms.mapping(
              "the name of a label: letters, digits and _, none that the metrics use themselves",
              LABEL_NAMES,
              Forms.TEXT,
              MOST_LABELS),
          "Labels of the target's metrics, by name.");
  private static final Key<Duration> DEFAULT_INTERVAL =
      Key.optional("interval", CheckForm.INTERVAL_FORM, "Of checks that give none. Default: 15s.");
  private static final Key<Duration> DEFAULT_TIMEOUT =
      Key.optional("timeout", CheckForm.TIMEOUT_FORM, "Of checks that give none. Default: 10s.");

  /** Thousands of targets often have the same checks: these are one object in memory. */
  private final Map<List<ConfiguredCheck>, List<ConfiguredCheck>> equal = new HashMap<>();

  private final Key<List<CheckForm.Draft>> checks;
  private final Key<CheckForm.Draft> check;

  TargetKeys(CheckKinds kinds) {
    checks =
        Key.optional(
            "checks",
            Forms.list(CheckForm.scheduled(kinds), 1),
            "What is verified; without it, the defaults' checks.");
    check = Key.required("check", CheckForm.onDemand(kinds), "What is verified.");
  }

  Layout defaults() {
    return Layout.of(DEFAULT_INTERVAL, DEFAULT_TIMEOUT, LABELS)
        .and(EndpointKeys.LAYOUT)
        .and(Layout.of(checks));
  }

  Layout target() {
    return Layout.of(NAME, URL, LABELS).and(EndpointKeys.LAYOUT).and(Layout.of(checks));
  }

  Layout template() {
    return Layout.of(LABELS).and(EndpointKeys.LAYOUT).and(Layout.of(checks));
  }

  Layout module() {
    return EndpointKeys.LAYOUT.and(Layout.of(check));
  }

  ConfiguredTarget target(Section own, @Nullable Section defaults) {
    Template template = template(own, defaults);
    return template.at(own.require(NAME), own.require(URL), Map.of());
  }

  Template template(Section own, @Nullable Section defaults) {
    return new Template(
        new Layered(own, defaults).merged(LABELS),
        EndpointKeys.apply(Target.of(NOWHERE), own, defaults),
        checks(own, defaults));
  }

  Config.Module module(Section own, @Nullable Section defaults) {
    CheckForm.Draft draft = own.require(check);
    Duration timeout = new Layered(null, defaults).get(DEFAULT_TIMEOUT, TIMEOUT);
    Duration most = draft.timeout() == null ? timeout : draft.timeout();
    enough(draft, most);
    ConfiguredCheck made = new ConfiguredCheck(draft.name(), draft.check(), most, most);
    Target endpoint = EndpointKeys.apply(Target.of(NOWHERE), own, defaults);
    return new Config.Module(new Template(Map.of(), endpoint, List.of(made)));
  }

  private List<ConfiguredCheck> checks(Section own, @Nullable Section defaults) {
    List<CheckForm.Draft> drafts = new Layered(own, defaults).get(checks, List.of());
    if (drafts.isEmpty() && !own.has(checks)) {
      own.problem("no checks: give it \"checks\", or put them into defaults");
    }
    List<ConfiguredCheck> made = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (CheckForm.Draft draft : drafts) {
      if (!names.add(draft.name())) {
        draft
            .section()
            .problem("two checks are called \"%s\": give one a name".formatted(draft.name()));
      }
      made.add(check(draft, defaults));
    }
    return equal.computeIfAbsent(List.copyOf(made), same -> same);
  }

  private static ConfiguredCheck check(CheckForm.Draft draft, @Nullable Section defaults) {
    Layered usual = new Layered(null, defaults);
    Duration interval =
        draft.interval() == null ? usual.get(DEFAULT_INTERVAL, INTERVAL) : draft.interval();
    Duration timeout = draft.timeout();
    if (timeout == null) {
      Duration inherited = usual.get(DEFAULT_TIMEOUT, TIMEOUT);
      timeout = inherited.compareTo(interval) > 0 ? interval : inherited;
    } else if (timeout.compareTo(interval) > 0) {
      draft
          .section()
          .problem(
              CheckForm.TIMEOUT,
              "the timeout %s is longer than the interval %s"
                  .formatted(Quantities.text(timeout), Quantities.text(interval)));
    }
    enough(draft, timeout);
    return new ConfiguredCheck(draft.name(), draft.check(), interval, timeout);
  }

  private static void enough(CheckForm.Draft draft, Duration timeout) {
    Duration least = draft.check().needs();
    if (timeout.compareTo(least) < 0) {
      draft
          .section()
          .problem(
              CheckForm.TIMEOUT,
              "the timeout %s is shorter than what the check needs, %s"
                  .formatted(Quantities.text(timeout), Quantities.text(least)));
    }
  }
}
