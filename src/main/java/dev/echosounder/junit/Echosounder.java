package dev.echosounder.junit;

import dev.echosounder.peer.Peer;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.scenario.TestClient;
import dev.echosounder.scenario.TestRun;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives test methods and {@code @BeforeEach} methods, by the type of their parameters,
 *
 * <ul>
 *   <li>a {@link TestClient} of the endpoint, one for each test. After the test its connections are
 *       closed, and a drop or an unread message that the test says nothing of fails it;
 *   <li>a {@link FaultProxy} before that endpoint, through which the client goes;
 *   <li>a {@link Peer} on a random port: one for the test, or for all tests of the class if a
 *       {@code @BeforeAll} method asks for it too.
 * </ul>
 *
 * <p>A test that fails carries the timelines of its connections: in the failure, and as report
 * entries. Safe with JUnit's parallel execution.
 */
public final class Echosounder
    implements ParameterResolver,
        AfterEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler {
  private static final Namespace OURS = Namespace.create(Echosounder.class);
  private static final Set<Class<?>> GIVEN = Set.of(TestClient.class, FaultProxy.class, Peer.class);

  /** For JUnit. */
  public Echosounder() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return GIVEN.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Peer.class) {
      return peer(context);
    }
    TestClient client = client(context);
    return type == TestClient.class ? client : client.faultProxy();
  }

  /** That of the class, if there is one: stores see what their parents have. */
  private static Peer peer(ExtensionContext context) {
    Store store = context.getStore(OURS);
    Peer known = store.get(Peer.class, Peer.class);
    if (known != null) {
      return known;
    }
    Peer started = Peer.start();
    store.put(Peer.class, started);
    return started;
  }

  private static TestClient client(ExtensionContext context) {
    Store store = context.getStore(OURS);
    TestClient known = store.get(context.getUniqueId(), TestClient.class);
    if (known != null) {
      return known;
    }
    beginRun(context);
    TestClient made = Endpoints.of(context).map(TestClient::to).orElseGet(TestClient::create);
    store.put(context.getUniqueId(), made);
    return made;
  }

  /** JUnit closes it when all tests are over; JUnit before 5.13 leaves that to the JVM's end. */
  private static synchronized void beginRun(ExtensionContext context) {
    Store store = context.getRoot().getStore(OURS);
    if (store.get(TestRun.class) == null) {
      store.put(TestRun.class, TestRun.begin());
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    TestClient client = context.getStore(OURS).get(context.getUniqueId(), TestClient.class);
    if (client != null && !(failure instanceof TestAbortedException)) {
      Timelines.addTo(failure, client.timelines());
    }
    throw failure;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end(context);
  }

  private static void end(ExtensionContext context) {
    Store store = context.getStore(OURS);
    TestClient client = store.remove(context.getUniqueId(), TestClient.class);
    Peer peer = store.remove(Peer.class, Peer.class);
    try {
      if (client != null) {
        finish(context, client);
      }
    } finally {
      if (peer != null) {
        peer.close();
      }
    }
  }

  private static void finish(ExtensionContext context, TestClient client) {
    boolean failed = context.getExecutionException().isPresent();
    Optional<AssertionError> left = client.finish(failed);
    if (failed || left.isPresent()) {
      client
          .timelines()
          .forEach((who, text) -> context.publishReportEntry("timeline of " + who, text));
    }
    if (left.isPresent()) {
      throw left.get();
    }
  }
}
