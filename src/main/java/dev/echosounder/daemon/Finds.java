package dev.echosounder.daemon;

import dev.echosounder.check.Timer;
import dev.echosounder.config.Config;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.config.Discovered;
import dev.echosounder.config.Discovery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the discoveries of the configuration in force have found. Thread-safe. */
final class Finds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Finds.class);

  private final Discovery discovery;
  private final Runnable onChange;

  /** Guarded by this, by the discovery's name. */
  private final Map<String, List<ConfiguredTarget>> found;

  /** Guarded by this: a refresh that is under way when this is closed tells nobody. */
  private boolean closed;

  /**
   * Starts to look.
   *
   * @param before what an earlier configuration's discoveries had found: kept under the same name
   *     until the first answer, so that a reload drops nothing
   */
  Finds(Config config, @Nullable Finds before, Timer timer, Executor blocking, Runnable onChange) {
    this.onChange = onChange;
    Map<String, List<ConfiguredTarget>> old = before == null ? Map.of() : before.snapshot();
    found = new LinkedHashMap<>();
    for (Config.Discovery one : config.discovery()) {
      found.put(one.name(), old.getOrDefault(one.name(), List.of()));
    }
    discovery = Discovery.start(config.discovery(), timer, blocking, this::changed);
  }

  private void changed(String name, Discovered now) {
    now.problems().forEach(problem -> LOG.warn("discovery {}: {}", name, problem));
    synchronized (this) {
      if (closed) {
        return;
      }
      found.put(name, now.targets());
    }
    onChange.run();
  }

  private synchronized Map<String, List<ConfiguredTarget>> snapshot() {
    return new LinkedHashMap<>(found);
  }

  /** The configured targets and those found; of two with one name the first counts. */
  List<ConfiguredTarget> with(List<ConfiguredTarget> configured) {
    List<ConfiguredTarget> all = new ArrayList<>(configured);
    Set<String> names = new HashSet<>();
    configured.forEach(t -> names.add(t.name()));
    snapshot()
        .forEach(
            (discovery, targets) -> {
              for (ConfiguredTarget target : targets) {
                if (names.add(target.name())) {
                  all.add(target);
                } else {
                  LOG.warn(
                      "discovery {}: there is a target called {} already",
                      discovery,
                      target.name());
                }
              }
            });
    return all;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    discovery.close();
  }
}
