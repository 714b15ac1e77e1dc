package dev.echosounder.peer;

import java.time.Duration;
import java.util.List;

/** The parameters that several behaviours share. */
final class Parameters {
  /** How a connection is cut. */
  enum Cut {
    FIN,
    RESET;

    void act(Runnable fin, Runnable reset) {
      (this == FIN ? fin : reset).run();
    }
  }

  static final Parameter<List<String>> SUBPROTOCOL =
      Parameter.list("subprotocol", "chooses the first offered one among these, else none");
  static final Parameter<String> BLIND =
      Parameter.text("blind", "", "answers this subprotocol even if it was never offered");
  static final Parameter<Boolean> DEFLATE =
      Parameter.onOff("deflate", true, "accepts permessage-deflate when offered");
  static final List<Parameter<?>> HANDSHAKE = List.of(SUBPROTOCOL, BLIND, DEFLATE);

  static final Parameter<String> PREFIX =
      Parameter.text("prefix", "", "put before the text of every echo");
  static final Parameter<Duration> DELAY =
      Parameter.duration("delay", "0ms", "waits that long before every echo");
  static final Parameter<Duration> JITTER =
      Parameter.duration("jitter", "0ms", "waits up to that long in addition; order is kept");
  static final Parameter<Integer> FRAGMENT =
      Parameter.number("fragment", 1, 1 << 24, "", "echoes in fragments of so many payload bytes");
  static final Parameter<Boolean> PING =
      Parameter.onOff("ping", false, "sends a ping with payload \"peer\" on open");
  static final List<Parameter<?>> ECHO = List.of(PREFIX, DELAY, JITTER, FRAGMENT, PING);

  static final Parameter<Integer> AFTER =
      Parameter.number("after", 0, 1_000_000, "0", "messages to echo before it happens");
  static final Parameter<String> REASON = Parameter.text("reason", "", "the close reason");
  static final Parameter<Cut> HOW =
      Parameter.choice("how", Cut.class, "fin", "how the connection is cut");

  private Parameters() {}

  static Parameter<Integer> closeCode(String name, String fallback) {
    return Parameter.number(
        name, 0, 65535, fallback, "the close code, any; 1005 is a close frame without a body");
  }
}
