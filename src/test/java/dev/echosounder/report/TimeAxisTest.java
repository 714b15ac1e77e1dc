package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class TimeAxisTest {
  private static final long MS = 1_000_000;

  @Test
  void isLinearWhenNothingIsLong() {
    TimeAxis axis = TimeAxis.of(List.of(0L, 4 * MS, 6 * MS, 10 * MS), 0, 1000);
    assertThat(axis.breaks()).isEmpty();
    assertThat(axis.x(4 * MS)).isEqualTo(400);
    assertThat(axis.ticks()).startsWith(0L, 2 * MS).endsWith(10 * MS);
  }

  @Test
  void aLongSilenceIsCutOutAndTheRestKeepsItsScale() {
    TimeAxis axis = TimeAxis.of(List.of(0L, 4 * MS, 5_004 * MS, 5_010 * MS), 0, 1000);
    assertThat(axis.breaks()).containsExactly(new TimeAxis.Break(4 * MS, 5_004 * MS));
    double share = (1000 - TimeAxis.BREAK_WIDTH) / 10;
    assertThat(axis.x(4 * MS)).isCloseTo(4 * share, within(1e-6));
    assertThat(axis.x(5_004 * MS)).isCloseTo(4 * share + TimeAxis.BREAK_WIDTH, within(1e-6));
    assertThat(axis.x(5_010 * MS)).isCloseTo(1000, within(1e-6));
    assertThat(axis.ticks()).allMatch(t -> t <= 4 * MS || t >= 5_004 * MS).hasSizeLessThan(14);
  }

  @Test
  void nothingAtAllIsDrawnAtTheLeft() {
    assertThat(TimeAxis.of(List.of(), 10, 990).x(5)).isEqualTo(10);
    assertThat(TimeAxis.of(List.of(7L), 10, 990).x(7)).isEqualTo(10);
  }

  @Property(tries = 300)
  void laterIsNeverLeftOfEarlierAndAllIsWithinThePicture(
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 0, max = 1L << 50) Long> instants) {
    TimeAxis axis = TimeAxis.of(instants, 10, 990);
    double before = 10;
    for (long instant : instants.stream().sorted().toList()) {
      assertThat(axis.x(instant)).isBetween(before - 1e-6, 990 + 1e-6);
      before = axis.x(instant);
    }
    assertThat(axis.ticks()).hasSizeLessThan(40);
  }
}
