package dev.echosounder.config;

import dev.echosounder.ws.Target;
import java.util.List;
import java.util.Map;

/**
 * A target and its checks. Equal if nothing about it changed.
 *
 * @param name unique in the configuration and its discoveries
 * @param labels the user's own, by name
 */
public record ConfiguredTarget(
    String name, Map<String, String> labels, Target endpoint, List<ConfiguredCheck> checks) {
  public ConfiguredTarget {
    labels = Map.copyOf(labels);
    checks = List.copyOf(checks);
  }

  /** Not the endpoint: it may hold secrets. */
  @Override
  public String toString() {
    return name + checks;
  }
}
