package dev.echosounder.ws;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the I/O thread pays for each frame; {@code benchmarks/micro}. */
@State(Scope.Benchmark)
public class TimelineBench {
  private final Timeline timeline = new Timeline(Timeline.DEFAULT_FRAMES, System::nanoTime);
  private final Frame frame = new Frame(Opcode.TEXT, true, 0, 5, Bytes.of(new byte[5]));

  /** A long connection: the timeline is full, and forgets as much as it is told. */
  @Benchmark
  public boolean append() {
    return timeline.add(new Event.Received(System.nanoTime(), frame));
  }
}
