package dev.echosounder.config;

import dev.echosounder.check.Check;
import java.time.Duration;

/**
 * A check of a target.
 *
 * @param name unique within its target
 * @param interval from one intended start to the next
 * @param timeout for the whole run; at most the interval
 */
public record ConfiguredCheck(String name, Check check, Duration interval, Duration timeout) {
  /** Not the check itself: its payload may be a secret. */
  @Override
  public String toString() {
    return "%s[%s every %s]".formatted(name, check.kind(), interval);
  }
}
