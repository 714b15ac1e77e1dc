package dev.echosounder.metrics;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.Stage;
import dev.echosounder.hold.Direction;
import dev.echosounder.hold.Ended;
import dev.echosounder.hold.HoldListener;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.List;

/**
 * Records what becomes of one kept connection. Look it up once ({@link Metrics#held}) and keep it.
 * Thread-safe, does not block.
 */
public final class HoldMetrics extends SubjectMetrics implements HoldListener {
  private final HoldFamilies families;

  final Tally<String> open;
  final Tally<String> attempts;
  final Tally<String> opened;
  final Tally<ConnectFailure.Cause> refusals;
  final Tally<Ending.Cause> ends;
  final Tally<String> codes;
  final Tally<HoldFamilies.Traffic> messages;
  final Tally<Direction> bytes;
  final Latency lifetime;
  final Latency recovery;
  final Latency heartbeat;

  HoldMetrics(HoldFamilies families, Subject subject) {
    this.families = families;
    open = families.open.create();
    open.set(FamilySet.ALONE, 0);
    attempts = families.attempts.create();
    opened = families.opened.create();
    refusals = families.refusals.create(families.counted(subject));
    ends = families.ends.create(subject.tls() ? HoldFamilies.ENDS : HoldFamilies.ENDS_WITHOUT_TLS);
    codes = families.codes.create(HoldFamilies.COMMON_CODES);
    messages = families.messages.create();
    bytes = families.bytes.create();
    lifetime = families.lifetime.create(Labels.EMPTY);
    recovery = families.recovery.create(Labels.EMPTY);
    heartbeat = families.heartbeat.create(Labels.EMPTY);
  }

  @Override
  List<Tally<?>> tallies() {
    return List.of(open, attempts, opened, refusals, ends, codes, messages, bytes);
  }

  @Override
  List<Latency> latencies() {
    return List.of(lifetime, recovery, heartbeat);
  }

  @Override
  void show(boolean exposed) {
    families.all.show(this, exposed);
  }

  @Override
  public void onAttempt() {
    attempts.add(FamilySet.ALONE, 1);
  }

  @Override
  public void onOpened(Evidence evidence) {
    opened.add(FamilySet.ALONE, 1);
    open.set(FamilySet.ALONE, 1);
  }

  @Override
  public void onRefused(Stage stage, ConnectFailure failure, Evidence evidence) {
    refusals.add(failure.cause(), 1);
  }

  @Override
  public void onEnded(Ended ended) {
    open.set(FamilySet.ALONE, 0);
    ends.add(ended.ending().cause(), 1);
    codes.add(CloseCode.bucket(ended.ending().code()), 1);
    lifetime.record(ended.age());
  }

  @Override
  public void onRecovered(Duration afterDrop) {
    recovery.record(afterDrop);
  }

  @Override
  public void onHeartbeat(Duration roundTrip) {
    heartbeat.record(roundTrip);
  }

  @Override
  public void onFrame(Direction direction, Frame frame) {
    if (frame.opcode() != Opcode.CONTINUATION) {
      messages.add(new HoldFamilies.Traffic(direction, frame.opcode()), 1);
    }
    bytes.add(direction, frame.length());
  }
}
