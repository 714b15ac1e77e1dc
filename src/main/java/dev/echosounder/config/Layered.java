package dev.echosounder.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A section over the defaults: its own value first, then theirs. */
record Layered(@Nullable Section own, @Nullable Section defaults) {
  <T> @Nullable T get(Key<T> key) {
    T first = own == null ? null : own.get(key);
    return first == null && defaults != null ? defaults.get(key) : first;
  }

  <T> T get(Key<T> key, T otherwise) {
    T given = get(key);
    return given == null ? otherwise : given;
  }

  /** The same for the section under a key: its keys count one by one. */
  Layered nested(Key<Section> key) {
    return new Layered(
        own == null ? null : own.get(key), defaults == null ? null : defaults.get(key));
  }

  /** The entries of both; where both have a name, the section's own. */
  Map<String, String> merged(Key<Map<String, String>> key) {
    Map<String, String> all = new LinkedHashMap<>();
    if (defaults != null) {
      all.putAll(defaults.get(key, Map.of()));
    }
    if (own != null) {
      all.putAll(own.get(key, Map.of()));
    }
    return all;
  }
}
