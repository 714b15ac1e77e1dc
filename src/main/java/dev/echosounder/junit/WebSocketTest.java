package dev.echosounder.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The methods of the class can ask for what {@link Echosounder} gives. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(Echosounder.class)
public @interface WebSocketTest {
  /**
   * The endpoint, {@code ws://…} or {@code wss://…}. Without one, and without a method marked
   * {@link Endpoint}, it is that of {@link dev.echosounder.scenario.DefaultTarget}.
   */
  String target() default "";
}
