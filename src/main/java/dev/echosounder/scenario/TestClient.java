package dev.echosounder.scenario;

import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one test that is written in Java: the vocabulary's steps as calls that block
 * until a deadline, with the same waiting and the same messages. For one thread at a time; any
 * thread.
 */
public final class TestClient {
  private final World world = World.unbound();
  private @Nullable FaultProxy proxy;

  private TestClient() {}

  /** A client of {@link DefaultTarget}'s endpoint. */
  public static TestClient create() {
    return new TestClient();
  }

  /** A client of this endpoint. */
  public static TestClient to(Target target) {
    TestClient client = new TestClient();
    client.world.endpoint(target);
    return client;
  }

  /** Makes later connections go to {@code uri}, keeping the other options. */
  public TestClient at(URI uri) {
    world.endpoint(uri);
    return this;
  }

  /** Changes the options of later connections, for instance {@code t -> t.withBearer(token)}. */
  public TestClient with(UnaryOperator<Target> option) {
    world.change(option);
    return this;
  }

  /** How long every later wait may take, unless told otherwise; 5 s at first. */
  public TestClient deadline(Duration wait) {
    world.deadline(wait);
    return this;
  }

  /** Drops that the test says nothing of do not fail it. */
  public TestClient ignoreDrops() {
    world.ignoreDrops();
    return this;
  }

  /** Messages that the test does not read do not fail it. */
  public TestClient ignoreMessages() {
    world.ignoreMessages();
    return this;
  }

  /** As {@link #connect(String)}, calling the connection {@value World#ME}. */
  public TestConnection connect() {
    return connect(World.ME);
  }

  /**
   * Connects.
   *
   * @param who the connection's name in messages
   * @throws AssertionError if it does not open, or the name is taken
   */
  public TestConnection connect(String who) {
    TestConnection connection = tryToConnect(who);
    connection.expect().opens();
    return connection;
  }

  /** As {@link #tryToConnect(String)}, calling the connection {@value World#ME}. */
  public TestConnection tryToConnect() {
    return tryToConnect(World.ME);
  }

  /**
   * Connects or not, and waits for which: later calls say what is expected.
   *
   * @param who the connection's name in messages
   * @throws AssertionError if nothing comes out in time, or the name is taken
   */
  public TestConnection tryToConnect(String who) {
    Conversation in = world.connect(who);
    TestConnection connection = new TestConnection(world, in, null);
    var unused = connection.run(in::outcome);
    return connection;
  }

  /**
   * The fault proxy that stands before the endpoint from the first call on: later connections to
   * its server go through it. Speaks {@code ws} only.
   */
  public FaultProxy faultProxy() {
    if (proxy == null) {
      Blocking.run(() -> world.during(Blocking.step(new FaultSteps()::proxy)));
      proxy = world.proxy();
    }
    return proxy;
  }

  /**
   * Closes every connection and the fault proxy. To be called once, when the test is over.
   *
   * @param failed whether the test has failed already: then nothing more is looked for
   * @return a drop, or a message left unread, that the test says nothing of: it fails the test
   */
  public Optional<AssertionError> finish(boolean failed) {
    return Blocking.run(() -> new Teardown(world).close(failed));
  }

  /** The timeline of each connection so far as text, credentials hidden, by its name. */
  public Map<String, String> timelines() {
    return new Teardown(world).timelines();
  }
}
