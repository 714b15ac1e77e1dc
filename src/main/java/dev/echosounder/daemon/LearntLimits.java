package dev.echosounder.daemon;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * After how long a silence each target's connections are cut, as its {@code idle} check last found:
 * by that, a kept connection's cut is told from others. Thread-safe.
 */
final class LearntLimits {
  private final Map<String, Duration> byTarget = new ConcurrentHashMap<>();

  void learn(String target, Outcome outcome) {
    IdleFinding found = outcome instanceof Outcome.Passed passed ? passed.evidence().idle() : null;
    if (found != null) {
      found
          .limit()
          .ifPresentOrElse(limit -> byTarget.put(target, limit), () -> byTarget.remove(target));
    }
  }

  /** The target's endpoint with what is known of it. */
  Target endpoint(ConfiguredTarget target) {
    Duration limit = byTarget.get(target.name());
    return limit == null ? target.endpoint() : target.endpoint().withIdleLimit(limit);
  }

  void retain(Set<String> targets) {
    byTarget.keySet().retainAll(targets);
  }
}
