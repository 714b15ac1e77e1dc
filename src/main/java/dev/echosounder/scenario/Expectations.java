package dev.echosounder.scenario;

import dev.echosounder.check.Template;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * What a test in Java expects of a connection. Each call waits until it has happened, or fails with
 * an {@link AssertionError} when the deadline passes. Each does what the step of the vocabulary
 * does.
 */
public final class Expectations {
  private final TestConnection on;
  private final String who;

  Expectations(TestConnection on) {
    this.on = on;
    this.who = on.name();
  }

  /** The attempt opens the connection. */
  public void opens() {
    run(() -> on.conversation().open());
  }

  /** The connection has opened and not ended. */
  public void isOpen() {
    run(() -> new ConnectSteps().open(who));
  }

  /** The attempt fails for this reason. */
  public void failsWith(ConnectFailure.Cause cause) {
    run(() -> new ConnectSteps().fails(who, cause));
  }

  /** The server answers the upgrade request with this HTTP status. */
  public void isRefusedWith(int status) {
    run(() -> new ConnectSteps().refused(who, status));
  }

  /** The server chose this subprotocol (RFC 6455 §1.9). */
  public void usesSubprotocol(String name) {
    run(() -> new HandshakeSteps().subprotocol(who, name));
  }

  /** The next message is this text. */
  public void receives(String text) {
    next(Wanted.exactly(Payload.text(text)));
  }

  /** The next message is binary and has these bytes. */
  public void receives(byte[] bytes) {
    next(Wanted.exactly(Payload.binary(Bytes.of(bytes))));
  }

  /** The next message is a text with this part. */
  public void receivesTextContaining(String part) {
    next(Wanted.textContaining(part));
  }

  /** The next message is a text that, as a whole, matches this regular expression. */
  public void receivesTextMatching(String regex) {
    next(Wanted.textMatching(regex, Template.Filling.of(Map.of())));
  }

  /** This text comes; messages before it are skipped, and count as received. */
  public void eventuallyReceives(String text) {
    run(() -> reception().eventually(Wanted.exactly(Payload.text(text))));
  }

  /** The next messages are these texts, in this order. */
  public void receivesInOrder(String... texts) {
    run(
        () ->
            reception()
                .inOrder(Arrays.stream(texts).map(t -> Wanted.exactly(Payload.text(t))).toList()));
  }

  /** No message comes; waits the whole time, or until the connection has ended. */
  public void receivesNothingFor(Duration time) {
    run(() -> reception().nothingFor(time));
  }

  /** The connection ends for this cause. */
  public void endsWith(Ending.Cause cause) {
    run(() -> new CloseSteps().endsWithin(who, cause, on.deadline()));
  }

  /** The peer sends the first close frame, with this code; 1005 means with none. */
  public void isClosedByPeerWith(int code) {
    run(() -> new CloseSteps().closedByPeer(who, code));
  }

  /** The peer sends the first close frame, with this code and reason. */
  public void isClosedByPeerWith(int code, String reason) {
    run(() -> new CloseSteps().closedByPeer(who, code, reason));
  }

  /** Both close frames are seen before TCP ends (RFC 6455 §7.1.4). */
  public void endsCleanly() {
    run(() -> new CloseSteps().cleanly(who));
  }

  /**
   * How long the phase took, which must have happened and ended.
   *
   * @throws AssertionError if it has not
   */
  public Duration phase(Phase phase) {
    return on.connection()
        .timeline()
        .phase(phase)
        .orElseThrow(
            () ->
                Mismatch.of(
                    on.conversation(),
                    "a " + phase.label() + " phase",
                    "it has not happened; " + Mismatch.state(on.conversation())));
  }

  private Reception reception() {
    return new Reception(on.conversation());
  }

  private void next(Wanted wanted) {
    run(() -> reception().next(wanted));
  }

  private void run(Blocking.Action step) {
    on.run(Blocking.step(step));
  }
}
