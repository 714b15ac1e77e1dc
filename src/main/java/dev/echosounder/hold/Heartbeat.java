package dev.echosounder.hold;

import dev.echosounder.check.Expectation;
import dev.echosounder.check.Payload;

/** How a kept connection is asked whether it still lives. */
public sealed interface Heartbeat {
  /** Never: whoever cuts silent connections will cut it, and network loss is found by TCP alone. */
  record None() implements Heartbeat {}

  /** By a ping frame; the pong with the same data answers it (RFC 6455 §5.5.2). */
  record Ping() implements Heartbeat {}

  /**
   * By a message of the application; the next message that is as expected answers it. Others are
   * let pass.
   */
  record Exchange(Payload payload, Expectation reply) implements Heartbeat {}
}
