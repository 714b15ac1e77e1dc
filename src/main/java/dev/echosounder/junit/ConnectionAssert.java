package dev.echosounder.junit;

import dev.echosounder.scenario.Expectations;
import dev.echosounder.scenario.TestConnection;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Phase;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractDurationAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions about one connection. Each waits until it holds, or fails when the deadline passes:
 * that of the client, or of {@link #within}. See {@link Expectations} for what each means.
 */
public final class ConnectionAssert extends AbstractAssert<ConnectionAssert, TestConnection> {
  ConnectionAssert(TestConnection actual) {
    super(actual, ConnectionAssert.class);
  }

  /** The assertions that follow have this long each, from when they are called. */
  public ConnectionAssert within(Duration time) {
    isNotNull();
    ConnectionAssert timed = new ConnectionAssert(actual.within(time));
    timed.info.description(info.description());
    return timed;
  }

  /** The connection has opened and not ended. */
  public ConnectionAssert isOpen() {
    return holds(Expectations::isOpen);
  }

  /** The attempt failed for this reason. */
  public ConnectionAssert failsWith(ConnectFailure.Cause cause) {
    return holds(e -> e.failsWith(cause));
  }

  /** The server answered the upgrade request with this HTTP status. */
  public ConnectionAssert isRefusedWith(int status) {
    return holds(e -> e.isRefusedWith(status));
  }

  /** The server chose this subprotocol. */
  public ConnectionAssert usesSubprotocol(String name) {
    return holds(e -> e.usesSubprotocol(name));
  }

  /** The next message is this text. */
  public ConnectionAssert receives(String text) {
    return holds(e -> e.receives(text));
  }

  /** The next message is binary and has these bytes. */
  public ConnectionAssert receives(byte[] bytes) {
    return holds(e -> e.receives(bytes));
  }

  /** The next message is a text with this part. */
  public ConnectionAssert receivesTextContaining(String part) {
    return holds(e -> e.receivesTextContaining(part));
  }

  /** The next message is a text that, as a whole, matches this regular expression. */
  public ConnectionAssert receivesTextMatching(String regex) {
    return holds(e -> e.receivesTextMatching(regex));
  }

  /** This text comes; messages before it are skipped, and count as received. */
  public ConnectionAssert eventuallyReceives(String text) {
    return holds(e -> e.eventuallyReceives(text));
  }

  /** The next messages are these texts, in this order. */
  public ConnectionAssert receivesInOrder(String... texts) {
    return holds(e -> e.receivesInOrder(texts));
  }

  /** No message comes; waits the whole time, or until the connection has ended. */
  public ConnectionAssert receivesNothingFor(Duration time) {
    return holds(e -> e.receivesNothingFor(time));
  }

  /** The connection ends for this cause. */
  public ConnectionAssert endsWith(Ending.Cause cause) {
    return holds(e -> e.endsWith(cause));
  }

  /** The peer sends the first close frame, with this code; 1005 means with none. */
  public ConnectionAssert isClosedByPeerWith(int code) {
    return holds(e -> e.isClosedByPeerWith(code));
  }

  /** The peer sends the first close frame, with this code and reason. */
  public ConnectionAssert isClosedByPeerWith(int code, String reason) {
    return holds(e -> e.isClosedByPeerWith(code, reason));
  }

  /** Both close frames are seen before TCP ends. */
  public ConnectionAssert endsCleanly() {
    return holds(Expectations::endsCleanly);
  }

  /** Goes on about how long this phase took, which must have happened and ended. */
  public AbstractDurationAssert<?> phase(Phase phase) {
    Duration[] seen = new Duration[1];
    holds(e -> seen[0] = e.phase(phase));
    return Assertions.assertThat(seen[0]).as("the %s phase of %s", phase.label(), actual.name());
  }

  private ConnectionAssert holds(Consumer<Expectations> expectation) {
    isNotNull();
    try {
      expectation.accept(actual.expect());
    } catch (AssertionError e) {
      String description = descriptionText();
      throw description.isEmpty()
          ? e
          : new AssertionError("[" + description + "] " + e.getMessage(), e);
    }
    return this;
  }
}
