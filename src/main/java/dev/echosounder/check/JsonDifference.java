package dev.echosounder.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where one JSON value is not as another. Numbers are equal by value: 1.0 is 1. */
final class JsonDifference {
  /** More than tell one near miss from another. */
  private static final int MOST = 100;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Whether an object may have no members but the wanted ones. */
  private final boolean exact;

  private final List<String> found = new ArrayList<>();

  private JsonDifference(boolean exact) {
    this.exact = exact;
  }

  /** The differences, each {@code $.a.b: expected 3, got 4}, in the order of what is wanted. */
  static List<String> of(@Nullable Object wanted, @Nullable Object seen, boolean exact) {
    JsonDifference all = new JsonDifference(exact);
    all.compare("$", wanted, seen);
    return all.found;
  }

  private void compare(String where, @Nullable Object wanted, @Nullable Object seen) {
    if (found.size() >= MOST) {
      return;
    }
    if (wanted instanceof Map<?, ?> members && seen instanceof Map<?, ?> given) {
      members(where, members, given);
    } else if (wanted instanceof List<?> items && seen instanceof List<?> given) {
      items(where, items, given);
    } else if (!equal(wanted, seen)) {
      differ(where, Json.shown(wanted), Json.shown(seen));
    }
  }

  private void members(String where, Map<?, ?> members, Map<?, ?> given) {
    members.forEach(
        (name, value) -> {
          if (given.containsKey(name)) {
            compare(where + member(name), value, given.get(name));
          } else {
            differ(where + member(name), Json.shown(value), "nothing");
          }
        });
    if (exact) {
      given.forEach(
          (name, value) -> {
            if (!members.containsKey(name)) {
              differ(where + member(name), "nothing", Json.shown(value));
            }
          });
    }
  }

  private void items(String where, List<?> items, List<?> given) {
    if (items.size() != given.size()) {
      differ(where, items.size() + " items", String.valueOf(given.size()));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      compare(where + "[" + i + "]", items.get(i), given.get(i));
    }
  }

  private void differ(String where, String wanted, String seen) {
    found.add("%s: expected %s, got %s".formatted(where, wanted, seen));
  }

  private static String member(Object name) {
    String text = String.valueOf(name);
    return PLAIN.matcher(text).matches() ? "." + text : "['" + text + "']";
  }

  private static boolean equal(@Nullable Object wanted, @Nullable Object seen) {
    if (wanted instanceof Number one && seen instanceof Number other) {
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return Objects.equals(wanted, seen);
  }
}
