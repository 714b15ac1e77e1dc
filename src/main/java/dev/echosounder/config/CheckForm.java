package dev.echosounder.config;

import dev.echosounder.check.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One check: its kind decides its other keys. */
record CheckForm(CheckKinds kinds, Layout common) implements Form<CheckForm.Draft> {
  static final Form<Duration> INTERVAL_FORM =
      Forms.duration(Duration.ofMillis(100), Duration.ofDays(7));
  static final Form<Duration> TIMEOUT_FORM =
      Forms.duration(Duration.ofMillis(10), Duration.ofHours(1));

  private static final Key<String> KIND =
      Key.required("kind", Forms.TEXT, "What is verified; decides the other keys.");
  private static final Key<String> NAME =
      Key.optional(
          "name",
          Forms.text("a name of letters, digits, -, _ and .", "[A-Za-z0-9_.-]{1,63}", (v, t) -> t),
          "The check's name, unique within its target. Default: its kind.");
  static final Key<Duration> INTERVAL =
      Key.optional("interval", INTERVAL_FORM, "From one start to the next. Default: 15s.");
  static final Key<Duration> TIMEOUT =
      Key.optional(
          "timeout",
          TIMEOUT_FORM,
          "For a whole run, from the name's look-up to the close; at most the interval."
              + " Default: 10s, or the interval if that is shorter.");

  /** Checks that run by themselves. */
  static CheckForm scheduled(CheckKinds kinds) {
    return new CheckForm(kinds, Layout.of(KIND, NAME, INTERVAL, TIMEOUT));
  }

  /** Checks that run when somebody asks. */
  static CheckForm onDemand(CheckKinds kinds) {
    return new CheckForm(kinds, Layout.of(KIND, TIMEOUT));
  }

  /** What the file says of a check, before defaults. */
  record Draft(
      String name,
      Check check,
      @Nullable Duration interval,
      @Nullable Duration timeout,
      Section section) {}

  @Override
  public @Nullable Draft read(Value value) {
    List<Value.Entry> entries = value.entries();
    if (entries == null) {
      return null;
    }
    Value named =
        entries.stream()
            .filter(e -> e.name().equals(KIND.name()))
            .map(Value.Entry::value)
            .findFirst()
            .orElse(null);
    if (named == null) {
      value.problem("the key \"kind\" is missing: " + String.join(", ", kinds.names()));
      return null;
    }
    CheckKind kind = kinds.get(named.raw());
    if (kind == null) {
      String hint = Suggestion.of(named.raw(), kinds.names());
      named.expected("one of " + String.join(", ", kinds.names()), hint);
      return null;
    }
    Section section = common.and(kind.layout()).read(value);
    Check check = section == null || section.broken() ? null : kind.parse(section);
    if (section == null || check == null) {
      return null;
    }
    return new Draft(
        section.get(NAME, kind.name()),
        check,
        section.get(INTERVAL),
        section.get(TIMEOUT),
        section);
  }

  @Override
  public Map<String, Object> schema() {
    List<Map<String, Object>> each = new ArrayList<>();
    for (CheckKind kind : kinds.all()) {
      Map<String, Object> whole = common.and(kind.layout()).schema();
      whole.put("description", kind.doc());
      each.add(
          Schema.of(
              "if",
              Schema.of("properties", Schema.of("kind", Schema.of("const", kind.name()))),
              "then",
              whole));
    }
    return Schema.of(
        "type",
        "object",
        "required",
        List.of(KIND.name()),
        "properties",
        Schema.of("kind", Schema.of("enum", List.copyOf(kinds.names()))),
        "allOf",
        each);
  }
}
