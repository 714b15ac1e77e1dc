package dev.echosounder.scenario;

import dev.echosounder.ws.Client;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoint a scenario talks to when it names none: the one bound to the thread, else the one
 * bound everywhere, else the system property {@value #PROPERTY}, else the environment variable
 * {@value #VARIABLE}, else the embedded peer's {@code /echo}.
 */
public final class DefaultTarget {
  /** The system property that names the target. */
  public static final String PROPERTY = "echosounder.target";

  /** The environment variable that names the target. */
  public static final String VARIABLE = "ECHOSOUNDER_TARGET";

  private static final ThreadLocal<@Nullable Bound> BOUND = new ThreadLocal<>();

  /** For scenarios on all threads that have none of their own. */
  private static final AtomicReference<@Nullable Target> EVERYWHERE = new AtomicReference<>();

  /** How many threads somebody has bound by {@link #bind(URI)}. */
  private static final AtomicInteger BOUND_THREADS = new AtomicInteger();

  private DefaultTarget() {}

  /** Undoes a {@link #bind} on the thread that bound. */
  public interface Binding extends AutoCloseable {
    @Override
    void close();
  }

  /** What a thread's scenarios connect to, by which client, and the connections they made. */
  static final class Bound {
    private final Target target;
    private final @Nullable Client client;

    /** Added to by the scenario's thread; whoever watches its deadline reads. */
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    Bound(Target target, @Nullable Client client) {
      this.target = target;
      this.client = client;
    }

    List<Connection> connections() {
      return List.copyOf(connections);
    }
  }

  /**
   * Binds the target of all scenarios that run on this thread, until the result is closed. With
   * Cucumber's parallel execution use {@link #bindEverywhere}: scenarios run on other threads, and
   * say so.
   *
   * @throws IllegalArgumentException if {@code uri} is no WebSocket URL
   */
  public static Binding bind(URI uri) {
    Binding binding = bind(new Bound(Target.of(uri), null));
    BOUND_THREADS.incrementAndGet();
    return () -> {
      BOUND_THREADS.decrementAndGet();
      binding.close();
    };
  }

  /**
   * Binds the target of the scenarios on every thread that has none of its own, until the result is
   * closed: for suites whose scenarios run in parallel. May be called on any thread.
   *
   * @throws IllegalArgumentException if {@code uri} is no WebSocket URL
   */
  public static Binding bindEverywhere(URI uri) {
    Target before = EVERYWHERE.getAndSet(Target.of(uri));
    return () -> EVERYWHERE.set(before);
  }

  /** The same with all options of {@code target}. */
  public static Binding bind(Target target) {
    return bind(new Bound(target, null));
  }

  static Binding bind(Bound bound) {
    Bound before = BOUND.get();
    BOUND.set(bound);
    return () -> BOUND.set(before);
  }

  /**
   * The target that somebody named; empty means the embedded peer.
   *
   * @throws IllegalStateException if one was bound to another thread only: the scenario would talk
   *     to another server than the one meant
   */
  public static Optional<URI> named() {
    Bound bound = BOUND.get();
    if (bound != null) {
      return Optional.of(bound.target.uri());
    }
    Target everywhere = EVERYWHERE.get();
    if (everywhere != null) {
      return Optional.of(everywhere.uri());
    }
    if (BOUND_THREADS.get() > 0) {
      throw new IllegalStateException(
          "a target was bound, but not to the thread \"%s\" of this scenario: use bindEverywhere"
              .formatted(Thread.currentThread().getName()));
    }
    String name = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    return name == null || name.isBlank() ? Optional.empty() : Optional.of(URI.create(name.trim()));
  }

  /**
   * How to connect to {@code uri}: with the bound target's headers, credentials and TLS if that is
   * on the same server, else with what is our network's only.
   */
  static Target at(URI uri) {
    Bound bound = BOUND.get();
    if (bound == null) {
      return Target.of(uri);
    }
    return bound.target.isOrigin(uri) ? bound.target.at(uri) : bound.target.anew(uri);
  }

  static Client client() {
    Bound bound = BOUND.get();
    return bound == null || bound.client == null ? Shared.client() : bound.client;
  }

  static void connected(Connection connection) {
    Bound bound = BOUND.get();
    if (bound != null) {
      bound.connections.add(connection);
    }
  }
}
