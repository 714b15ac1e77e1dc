package dev.echosounder.scenario;

import java.util.function.Supplier;

/** What the author of a scenario wrote and could not mean. */
final class Mistake {
  private Mistake() {}

  /** What it makes, or a failed step that says why it can not. */
  static <T> T in(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
