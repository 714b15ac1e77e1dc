package dev.echosounder.metrics;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Stage;
import dev.echosounder.hold.Direction;
import dev.echosounder.hold.Ended;
import dev.echosounder.hold.HoldListener;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timelines;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What keepers tell, with known numbers. */
final class Holds {
  private static final Evidence EVIDENCE =
      new Evidence(Duration.ofMillis(20), Map.of(), List.of(), Timelines.of());

  private Holds() {}

  static void everythingOnce(HoldListener to) {
    to.onAttempt();
    to.onRefused(Stage.TCP, new ConnectFailure(ConnectFailure.Cause.REFUSED, "", null), EVIDENCE);
    to.onAttempt();
    opens(to);
    frame(to, Direction.SENT, Opcode.TEXT, 5);
    frame(to, Direction.SENT, Opcode.CONTINUATION, 7);
    frame(to, Direction.RECEIVED, Opcode.PONG, 2);
    to.onHeartbeat(Duration.ofMillis(3));
    ends(to, Ending.Cause.PEER_GOING_AWAY, 1001);
    to.onAttempt();
    opens(to);
    to.onRecovered(Duration.ofMillis(700));
  }

  static void opens(HoldListener to) {
    to.onOpened(EVIDENCE);
  }

  static void ends(HoldListener to, Ending.Cause cause, int code) {
    Duration age = Duration.ofSeconds(90);
    to.onEnded(new Ended(new Ending(cause, code, "", true, ""), age, age, age, EVIDENCE));
  }

  private static void frame(HoldListener to, Direction direction, Opcode opcode, int length) {
    to.onFrame(direction, new Frame(opcode, true, 0, length, Bytes.EMPTY));
  }
}
