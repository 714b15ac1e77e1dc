package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Timelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaterfallTest {
  @Test
  void barsStandWhereTheirPhaseDid() {
    assertThat(Waterfall.text(TranscriptTest.wholeRun(), 45, false, false))
        .isEqualTo(
            """
            dns              400 us #
            tcp             90.0 us #
            tls             8.49 ms ###############
            upgrade         1.13 ms                 ##
            first_message    165 us                   #
            echo             100 us                   #
            close            200 us                   #
            """);
  }

  @Test
  void colourAndBlocksOnlyWhenAskedFor() {
    String rich = Waterfall.text(TranscriptTest.wholeRun(), 80, true, true);
    assertThat(rich).contains("\u001b[36m█").contains("90.0 µs");
    String plain = Waterfall.text(TranscriptTest.wholeRun(), 80, false, false);
    assertThat(plain).matches("[\\x20-\\x7e\\n]*");
  }

  @Test
  void noBarLeavesTheTerminal() {
    for (int width : new int[] {1, 40, 80, 200}) {
      String text = Waterfall.text(TranscriptTest.wholeRun(), width, true, false);
      assertThat(text.lines()).allMatch(line -> line.length() <= Math.max(width, 35));
    }
  }

  @Test
  void echoKeepsItsPlaceWhenItsFrameIsForgotten() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Upgraded(0, 101, List.of(), null, List.of()));
    events.add(new Event.Sent(50_000_000, TranscriptTest.text("a")));
    events.add(new Event.Received(100_000_000, TranscriptTest.text("a")));
    String kept = Waterfall.text(Timelines.of(10, events), 60, false, false);
    String forgotten = Waterfall.text(Timelines.of(1, events), 60, false, false);
    assertThat(forgotten).isEqualTo(kept);
    assertThat(kept).contains("echo            50.0 ms                  ####");
  }

  @Test
  void nothingEndedIsNothingDrawn() {
    assertThat(Waterfall.text(Timelines.of(), 80, true, true)).isEmpty();
  }

  @Test
  void durationsKeepThreeDigits() {
    assertThat(Units.text(Duration.ofNanos(40), true)).isEqualTo("0.04 µs");
    assertThat(Units.text(Duration.ofNanos(999_499), true)).isEqualTo("999 µs");
    assertThat(Units.text(Duration.ofNanos(999_500), true)).isEqualTo("1.00 ms");
    assertThat(Units.text(Duration.ofMillis(12), true)).isEqualTo("12.0 ms");
    assertThat(Units.text(Duration.ofMillis(999), true)).isEqualTo("999 ms");
    assertThat(Units.text(Duration.ofSeconds(75), true)).isEqualTo("75.0 s");
  }
}
