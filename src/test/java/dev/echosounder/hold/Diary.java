package dev.echosounder.hold;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a keeper tells, and when it tells it in an order that can't be. */
final class Diary implements HoldListener {
  /** Not thrown: a keeper's serial order would hand that to the thread, not to the test. */
  static final String OUT_OF_ORDER = "out of order";

  final List<String> lines = new ArrayList<>();
  int attempts;
  int opened;
  int refused;
  int ended;
  int recovered;
  int drops;
  private boolean trying;
  private boolean open;

  private void check(boolean rule) {
    if (!rule) {
      lines.add(OUT_OF_ORDER);
    }
  }

  @Override
  public void onAttempt() {
    check(!trying && !open);
    trying = true;
    attempts++;
    lines.add("attempt");
  }

  @Override
  public void onOpened(Evidence evidence) {
    check(trying && !open);
    trying = false;
    open = true;
    opened++;
    lines.add("opened");
  }

  @Override
  public void onRefused(Stage stage, ConnectFailure failure, Evidence evidence) {
    check(trying && !open);
    trying = false;
    refused++;
    lines.add("refused by " + failure.cause().label() + " at " + stage.label());
  }

  @Override
  public void onEnded(Ended end) {
    check(open && !trying);
    open = false;
    ended++;
    drops += end.ending().isDrop() ? 1 : 0;
    lines.add(
        "%s, aged %d ms, sent %d ms ago, received %d ms ago"
            .formatted(
                end.ending().cause().label(),
                end.age().toMillis(),
                end.sinceSent().toMillis(),
                end.sinceReceived().toMillis()));
  }

  @Override
  public void onRecovered(Duration afterDrop) {
    check(open);
    recovered++;
    lines.add("recovered after " + afterDrop.toMillis() + " ms");
  }

  @Override
  public void onHeartbeat(Duration roundTrip) {
    check(open);
    lines.add("heartbeat " + roundTrip.toMillis() + " ms");
  }

  @Override
  public void onFrame(Direction direction, Frame frame) {
    check(open);
    lines.add(direction.label() + " " + frame.opcode().label());
  }
}
