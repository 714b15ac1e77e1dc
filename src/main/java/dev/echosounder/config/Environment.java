package dev.echosounder.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where {@code ${env:NAME}} looks. */
@FunctionalInterface
public interface Environment {
  /** The variable's value; null if it is not set. */
  @Nullable String variable(String name);

  /** The process's own environment. */
  static Environment system() {
    return System::getenv;
  }

  /** These variables only. */
  static Environment of(Map<String, String> variables) {
    return Map.copyOf(variables)::get;
  }
}
