package dev.echosounder.peer.proxy;

import java.time.Duration;
import java.util.List;

/**
 * What a {@link FaultProxy} does to connections. Frames are counted for each connection and side,
 * from 1, after the 101; control frames and close frames count.
 */
public sealed interface Fault {
  /** What is done to a frame. */
  enum Act {
    /** It is not passed on. */
    DROP,
    /** It, and what comes after it from the same side, waits. */
    DELAY,
    /** The bits of its first payload byte are turned over. */
    CORRUPT,
    /** Its reserved bits are set, which nobody negotiated (RFC 6455 §5.2). */
    CORRUPT_HEADER,
    /** It is passed on twice; a frame of more than 16 MiB once. */
    DUPLICATE
  }

  /**
   * Does something to one frame, or to every.
   *
   * @param number which frame, from 1; 0 for every
   * @param delay only for {@link Act#DELAY}
   */
  record OnFrame(Act act, int number, Side from, Duration delay) implements Fault {
    boolean concerns(long frame) {
      return number == 0 || number == frame;
    }
  }

  /** Passes on so many bytes a second at most, frame headers included. */
  record Throttle(Side from, long bytesPerSecond) implements Fault {}

  /** Swallows pongs. */
  record StallPongs(Side from) implements Fault {}

  /** Resets every new connection as soon as it is accepted. */
  record Refuse() implements Fault {}

  /** Forgets all other faults. */
  record Pass() implements Fault {}

  /** Ends a connection, once. */
  record End(How how, When when) implements Fault {}

  /** How a connection is ended. */
  sealed interface How {
    /** RST to both sides. */
    record Reset() implements How {}

    /** FIN to the client, without a close frame. */
    record Fin() implements How {}

    /** Both sides are read and ignored; TCP stays open and silent. */
    record BlackHole() implements How {}

    /** A close frame to the client; FIN when it has answered, or a second later. */
    record Close(int code, String reason) implements How {}

    /** FIN after the first half of a frame. */
    record Cut() implements How {}
  }

  /** When a connection is ended. */
  sealed interface When {
    /** All that are open, and none that comes later. */
    record Now() implements When {}

    /** Each, when this frame has been passed on; for {@link How.Cut}, in the middle of it. */
    record AfterFrame(int number, Side from) implements When {}

    /** Each, so long after its 101. */
    record After(Duration age) implements When {}
  }

  /**
   * The fault that the words describe.
   *
   * @throws IllegalArgumentException if there is none such; says what is known
   */
  static Fault parse(String words) {
    return Grammar.parse(words);
  }

  /** One example of every form that {@link #parse} knows. */
  static List<String> forms() {
    return Grammar.forms();
  }
}
