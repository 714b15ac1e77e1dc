package dev.echosounder.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents one step: {@link Vocabulary} lists it, and a test holds the example to its step. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Phrase {
  /** One line: what the step does. */
  String means();

  /**
   * The step as it stands in a feature, without its keyword; further lines are its table or text.
   */
  String example();
}
