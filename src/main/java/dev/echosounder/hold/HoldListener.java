package dev.echosounder.hold;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Frame;
import java.time.Duration;

/**
 * Is told what becomes of a kept connection: one call at a time, in order, on I/O and timer
 * threads. Must not block and must not throw.
 */
public interface HoldListener {
  /** Hears nothing. */
  HoldListener NONE = new HoldListener() {};

  /** An attempt to connect begins. Ends in {@link #onOpened} or {@link #onRefused}. */
  default void onAttempt() {}

  /** The connection is open. Ends in {@link #onEnded}. */
  default void onOpened(Evidence evidence) {}

  /** The attempt failed, {@code stage} being where it stood. */
  default void onRefused(Stage stage, ConnectFailure failure, Evidence evidence) {}

  /** The connection is over: a drop if its ending says so. */
  default void onEnded(Ended ended) {}

  /** It is open again, so long after a drop. Follows {@link #onOpened}. */
  default void onRecovered(Duration afterDrop) {}

  /** A heartbeat was answered, so long after it was sent. */
  default void onHeartbeat(Duration roundTrip) {}

  /** A frame went one way or the other. */
  default void onFrame(Direction direction, Frame frame) {}
}
