package dev.echosounder.check;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets lines of an {@link IdleRun} speak, ever more rarely. The limit is not known yet, and so the
 * pauses grow with the age: what has lived to an age was silent for a third of it at most, well
 * below any limit of that length. A dozen frames in two minutes.
 */
final class IdleBeat {
  private static final double GROWTH = 0.5;
  private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();

  private final List<IdleLine> lines;
  private final @Nullable String text;
  private final Timer timer;
  private final Executor serial;
  private final BooleanSupplier going;

  /**
   * @param serial where the lines are confined
   * @param going whether lines still speak; asked in there
   */
  IdleBeat(
      List<IdleLine> lines,
      @Nullable String text,
      Timer timer,
      Executor serial,
      BooleanSupplier going) {
    this.lines = lines;
    this.text = text;
    this.timer = timer;
    this.serial = serial;
    this.going = going;
  }

  void start(IdleLine line) {
    speakAt(line, FIRST_NANOS);
  }

  private void speakAt(IdleLine line, long age) {
    long delay = Math.max(0, age - line.age(timer.nanos()));
    line.next = timer.after(Duration.ofNanos(delay), () -> serial.execute(() -> speak(line)));
  }

  private void speak(IdleLine line) {
    if (line.open && going.getAsBoolean()) {
      line.speak(text);
      speakAt(line, next(line.age(timer.nanos())));
    }
  }

  private long next(long age) {
    long limit = IdleVerdict.limit(lines, timer.nanos());
    long pause = Math.round(age * GROWTH);
    return age + (limit < 0 ? pause : Math.min(pause, limit / 2));
  }
}
