package dev.echosounder.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reload does to the targets, by name and equality.
 *
 * @param changed as they are now
 * @param unchanged these keep their connections and counters
 */
public record Changes(
    List<ConfiguredTarget> added,
    List<ConfiguredTarget> removed,
    List<ConfiguredTarget> changed,
    List<ConfiguredTarget> unchanged) {
  public Changes {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    unchanged = List.copyOf(unchanged);
  }

  /** From one list to the other; names are unique in each. */
  public static Changes between(List<ConfiguredTarget> before, List<ConfiguredTarget> after) {
    Map<String, ConfiguredTarget> old = new LinkedHashMap<>();
    before.forEach(t -> old.put(t.name(), t));
    List<ConfiguredTarget> added = new ArrayList<>();
    List<ConfiguredTarget> changed = new ArrayList<>();
    List<ConfiguredTarget> unchanged = new ArrayList<>();
    for (ConfiguredTarget target : after) {
      ConfiguredTarget was = old.remove(target.name());
      (was == null ? added : was.equals(target) ? unchanged : changed).add(target);
    }
    return new Changes(added, List.copyOf(old.values()), changed, unchanged);
  }
}
