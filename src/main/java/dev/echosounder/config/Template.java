package dev.echosounder.config;

import dev.echosounder.ws.Target;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What discovered targets, and those of {@code /probe}, have in common: all but the address. */
public final class Template {
  private final Map<String, String> labels;

  /** Its URI is nobody's. */
  private final Target endpoint;

  private final List<ConfiguredCheck> checks;

  Template(Map<String, String> labels, Target endpoint, List<ConfiguredCheck> checks) {
    this.labels = Map.copyOf(labels);
    this.endpoint = endpoint;
    this.checks = List.copyOf(checks);
  }

  /**
   * The target called {@code name} at {@code uri}.
   *
   * @param more labels beside the template's; they win
   * @throws IllegalArgumentException if {@code uri} is no WebSocket URI (RFC 6455 §3)
   */
  public ConfiguredTarget at(String name, URI uri, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(labels);
    all.putAll(more);
    return new ConfiguredTarget(name, all, endpoint.at(uri), checks);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that
        && labels.equals(that.labels)
        && endpoint.equals(that.endpoint)
        && checks.equals(that.checks);
  }

  @Override
  public int hashCode() {
    return endpoint.hashCode() * 31 + checks.hashCode();
  }

  @Override
  public String toString() {
    return "Template" + checks;
  }
}
