package dev.echosounder.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of checks a configuration may name. Immutable. */
public final class CheckKinds {
  private final Map<String, CheckKind> kinds = new LinkedHashMap<>();

  /**
   * These kinds, in this order.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public CheckKinds(List<CheckKind> kinds) {
    for (CheckKind kind : kinds) {
      if (this.kinds.put(kind.name(), kind) != null) {
        throw new IllegalArgumentException("two kinds are called " + kind.name());
      }
    }
  }

  /** All of them, in order. */
  public Collection<CheckKind> all() {
    return List.copyOf(kinds.values());
  }

  @Nullable CheckKind get(String name) {
    return kinds.get(name);
  }

  Collection<String> names() {
    return List.copyOf(kinds.keySet());
  }
}
