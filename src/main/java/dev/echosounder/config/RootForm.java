package dev.echosounder.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The whole file. */
final class RootForm {
  private static final int MOST_MODULES = 1000;

  private final TargetKeys targetKeys;
  private final DiscoveryKeys discoveryKeys;
  private final Key<Section> defaults;
  private final Key<List<Section>> targets;
  private final Key<List<Section>> discovery;
  private final Key<Map<String, Section>> modules;
  private final Layout layout;

  RootForm(CheckKinds kinds) {
    targetKeys = new TargetKeys(kinds);
    discoveryKeys = new DiscoveryKeys(targetKeys);
    defaults =
        Key.optional("defaults", targetKeys.defaults(), "What targets, templates, modules share.");
    targets =
        Key.optional("targets", Forms.listBy(targetKeys.target(), 0, "name"), "What is watched.");
    discovery =
        Key.optional(
            "discovery",
            Forms.listBy(discoveryKeys.layout(), 0, "name"),
            "Lists of targets kept elsewhere.");
    modules =
        Key.optional(
            "modules",
            Forms.mapping(
                "the name of a module: letters, digits, -, _ and .",
                "[A-Za-z0-9_.-]{1,63}",
                targetKeys.module(),
                MOST_MODULES),
            "What /probe?module= can run, by name.");
    layout =
        Layout.of(
            defaults,
            targets,
            discovery,
            modules,
            ServiceKeys.WEB,
            ServiceKeys.HOLD,
            ServiceKeys.OTLP,
            ServiceKeys.HISTORY,
            ServiceKeys.LOGGING);
  }

  Map<String, Object> schema() {
    return layout.schema();
  }

  /** Null after problems; what can be put together is, so that rules between sections speak too. */
  @Nullable Config read(Value value) {
    Section root = layout.read(value);
    if (root == null) {
      return null;
    }
    Section shared = root.get(defaults);
    List<ConfiguredTarget> made =
        root.get(targets, List.of()).stream()
            .filter(s -> !s.broken())
            .map(s -> targetKeys.target(s, shared))
            .toList();
    List<Config.Discovery> discoveries =
        root.get(discovery, List.of()).stream()
            .filter(s -> !s.broken())
            .map(s -> discoveryKeys.make(s, shared))
            .filter(Objects::nonNull)
            .toList();
    Map<String, Config.Module> byName = new LinkedHashMap<>();
    root.get(modules, Map.of())
        .forEach(
            (name, section) -> {
              if (!section.broken()) {
                byName.put(name, targetKeys.module(section, shared));
              }
            });
    Config.Otlp otlp = ServiceKeys.otlp(root.get(ServiceKeys.OTLP));
    if (!value.context().problems().isEmpty()) {
      return null;
    }
    return new Config(
        made,
        discoveries,
        byName,
        ServiceKeys.web(root.get(ServiceKeys.WEB)),
        ServiceKeys.connectsPerSecond(root.get(ServiceKeys.HOLD)),
        otlp,
        ServiceKeys.history(root.get(ServiceKeys.HISTORY)),
        ServiceKeys.logging(root.get(ServiceKeys.LOGGING)),
        value.context().redactor(),
        RedactedYaml.of(value));
  }
}
