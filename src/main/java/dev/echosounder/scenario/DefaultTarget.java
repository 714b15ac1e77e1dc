package dev.echosounder.scenario;

import dev.echosounder.ws.Target;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint a scenario talks to when it names none: the one bound to the thread, else the
 * system property {@value #PROPERTY}, else the environment variable {@value #VARIABLE}, else the
 * embedded peer's {@code /echo}.
 */
public final class DefaultTarget {
  /** The system property that names the target. */
  public static final String PROPERTY = "echosounder.target";

  /** The environment variable that names the target. */
  public static final String VARIABLE = "ECHOSOUNDER_TARGET";

  private static final ThreadLocal<@Nullable URI> BOUND = new ThreadLocal<>();

  private DefaultTarget() {}

  /** Undoes a {@link #bind} on the thread that bound. */
  public interface Binding extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Binds the target of all scenarios that run on this thread, until the result is closed.
   *
   * @throws IllegalArgumentException if {@code uri} is no WebSocket URL
   */
  public static Binding bind(URI uri) {
    Target.of(uri);
    URI before = BOUND.get();
    BOUND.set(uri);
    return () -> BOUND.set(before);
  }

  /** The target that somebody named; empty means the embedded peer. */
  public static Optional<URI> named() {
    URI bound = BOUND.get();
    if (bound != null) {
      return Optional.of(bound);
    }
    String name = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    return name == null || name.isBlank() ? Optional.empty() : Optional.of(URI.create(name.trim()));
  }
}
