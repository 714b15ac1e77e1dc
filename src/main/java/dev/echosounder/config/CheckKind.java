package dev.echosounder.config;

import dev.echosounder.check.Check;
import org.jspecify.annotations.Nullable;

/** A kind of check as the configuration knows it: its own keys and what they make. */
public interface CheckKind {
  /** The value of {@code kind:}, lower case: {@code echo}. */
  String name();

  /** One sentence for editors and documentation. */
  String doc();

  /**
   * The kind's own keys, besides {@code kind}, {@code name}, {@code interval} and {@code timeout}.
   */
  Layout layout();

  /**
   * The check.
   *
   * @param section read by {@link #layout()} without a problem
   * @return null after at least one problem was reported to {@code section}
   */
  @Nullable Check parse(Section section);
}
