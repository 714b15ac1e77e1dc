package dev.echosounder.config;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A text of some form.
 *
 * @param pattern of the whole text; empty means any
 * @param published the pattern in the JSON schema, where it tells more than {@code pattern}
 * @param secret whether it must not be repeated, here or anywhere
 */
record TextForm<T>(
    String what,
    Pattern pattern,
    String published,
    boolean secret,
    BiFunction<Value, String, @Nullable T> read)
    implements Form<T> {

  @Override
  public @Nullable T read(Value value) {
    if (!value.is(Tag.STR)) {
      notText(value);
      return null;
    }
    String text = References.resolve(value.raw(), value);
    if (text == null) {
      return null;
    }
    if (secret) {
      value.secret(text);
    }
    if (!fits(text)) {
      if (secret) {
        value.expectedType(what);
      } else {
        value.expected(what);
      }
      return null;
    }
    return read.apply(value, text);
  }

  /** A number can be meant as text, and lack its quotes; a number can also lack its unit. */
  private void notText(Value value) {
    boolean plain = value.is(Tag.INT) || value.is(Tag.FLOAT) || value.is(Tag.BOOL);
    if (plain && fits(value.raw())) {
      value.problem("expected %s, got %s; put it in quotes".formatted(what, value.type()));
    } else if (plain && !secret) {
      value.expected(what);
    } else {
      value.expectedType(what);
    }
  }

  private boolean fits(String text) {
    return pattern.pattern().isEmpty() || pattern.matcher(text).matches();
  }

  @Override
  public Map<String, Object> schema() {
    return published.isEmpty()
        ? Schema.of("type", "string")
        : Schema.of("type", "string", "pattern", "^(?:" + published + ")$|" + References.SCHEMA);
  }
}
