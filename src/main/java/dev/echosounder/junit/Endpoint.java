package dev.echosounder.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that tells the endpoint, for one that is known only when the test runs, such as
 * a server on a random port. Asked for each test. It has no parameters and yields a {@link
 * java.net.URI}, a {@link String}, or a {@link dev.echosounder.ws.Target} with all its options.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Endpoint {}
