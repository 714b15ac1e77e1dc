package dev.echosounder.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** At most {@code most} names of the reader's choice to values of one form, in the file's order. */
record MappingForm<T>(String what, Pattern names, Form<T> item, int most)
    implements Form<Map<String, T>> {
  @Override
  public @Nullable Map<String, T> read(Value value) {
    List<Value.Entry> entries = value.entries();
    if (entries == null) {
      return null;
    }
    if (entries.size() > most) {
      value.problem("expected at most %d entries, got %d".formatted(most, entries.size()));
      return null;
    }
    Map<String, T> read = new LinkedHashMap<>();
    for (Value.Entry entry : entries) {
      if (!names.matcher(entry.name()).matches()) {
        entry.key().expected(what);
        continue;
      }
      T one = item.read(entry.value());
      if (one != null) {
        read.put(entry.name(), one);
      }
    }
    return Collections.unmodifiableMap(read);
  }

  @Override
  public Map<String, Object> schema() {
    return Schema.of(
        "type",
        "object",
        "maxProperties",
        most,
        "propertyNames",
        Schema.of("pattern", "^(?:" + names.pattern() + ")$"),
        "additionalProperties",
        item.schema());
  }
}
