package dev.echosounder.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Target groups as Prometheus writes them, {@code [{"targets": [...], "labels": {...}}]}, to
 * targets. References in them are not resolved: whoever writes a list must not read our secrets.
 */
final class TargetGroups {
  private static final Pattern LABEL = Pattern.compile(TargetKeys.LABEL_NAMES);
  private static final int MOST_NAME = 200;

  private final String discovery;
  private final Template template;

  TargetGroups(String discovery, Template template) {
    this.discovery = discovery;
    this.template = template;
  }

  /**
   * The targets; one that can't be used is left out, and a problem.
   *
   * @param where begins the problems: a file or a URL
   * @return null if this is no list of groups; {@code problems} then says why
   */
  @Nullable List<ConfiguredTarget> read(
      @Nullable Object plain, String where, List<String> problems) {
    if (!(plain instanceof List<?> groups)) {
      problems.add(where + ": expected a list of target groups");
      return null;
    }
    Map<String, ConfiguredTarget> targets = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      String at = where + "[" + i + "]";
      if (!(groups.get(i) instanceof Map<?, ?> group)
          || !(group.get("targets") instanceof List<?> addresses)) {
        problems.add(at + ": expected a group with a list of targets");
        return null;
      }
      Map<String, String> labels = labels(group.get("labels"), at, problems);
      if (labels == null) {
        return null;
      }
      for (Object address : addresses) {
        if (!(address instanceof String text)) {
          problems.add(at + ".targets: expected texts");
          return null;
        }
        add(targets, text, labels, at, problems);
      }
    }
    return List.copyOf(targets.values());
  }

  private static @Nullable Map<String, String> labels(
      @Nullable Object plain, String at, List<String> problems) {
    Map<String, String> labels = new HashMap<>();
    if (plain == null) {
      return labels;
    }
    if (!(plain instanceof Map<?, ?> given)) {
      problems.add(at + ".labels: expected a mapping");
      return null;
    }
    for (Map.Entry<?, ?> label : given.entrySet()) {
      if (!(label.getKey() instanceof String name) || !(label.getValue() instanceof String value)) {
        problems.add(at + ".labels: expected texts");
        return null;
      }
      labels.put(name, value);
    }
    return labels;
  }

  private void add(
      Map<String, ConfiguredTarget> targets,
      String address,
      Map<String, String> labels,
      String at,
      List<String> problems) {
    String shown = Credentials.hideInUrls(address);
    try {
      String name = discovery + "/" + labels.getOrDefault("instance", shown);
      if (name.length() > MOST_NAME) {
        throw new IllegalArgumentException("the name is longer than 200 characters");
      }
      ConfiguredTarget target = template.at(name, uri(address, labels), own(labels, at, problems));
      ConfiguredTarget twin = targets.putIfAbsent(name, target);
      if (twin != null && !twin.equals(target)) {
        problems.add("%s: two targets are called \"%s\": the first is used".formatted(at, name));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      String why = Credentials.hideInUrls(String.valueOf(e.getMessage()));
      problems.add("%s: the target \"%s\" is left out: %s".formatted(at, shown, why));
    }
  }

  private static URI uri(String address, Map<String, String> labels) throws URISyntaxException {
    String scheme = labels.getOrDefault("__scheme__", "ws").replaceFirst("^http", "ws");
    String path = labels.getOrDefault("__path__", "/");
    URI uri = new URI(address.contains("://") ? address : scheme + "://" + address + path);
    if (uri.getRawUserInfo() != null || uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException("expected a URL without user and with a valid port");
    }
    return uri;
  }

  /** Labels that begin with __ are for us, not for the metrics. */
  private static Map<String, String> own(
      Map<String, String> labels, String at, List<String> problems) {
    Map<String, String> own = new HashMap<>();
    List<String> refused = new ArrayList<>();
    labels.forEach(
        (name, value) -> {
          if (LABEL.matcher(name).matches()) {
            own.put(name, value);
          } else if (!name.startsWith("__") && !name.equals("instance")) {
            refused.add(name);
          }
        });
    if (!refused.isEmpty()) {
      String text = at + ".labels: left out, as the metrics can't have them: " + refused;
      if (!problems.contains(text)) {
        problems.add(text);
      }
    }
    return own;
  }
}
