package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.ws.Bytes;
import org.junit.jupiter.api.Test;

final class RawFrameTest {
  @Test
  void masksAsTheRfcPrintsIt() {
    assertThat(masked("81 05 48 65 6c 6c 6f")).isEqualTo(Bytes.hex("8185 37fa213d 7f9f4d5158"));
  }

  @Test
  void leavesLongerLengthsAsTheyAre() {
    assertThat(masked("82 7e 00 01 00")).isEqualTo(Bytes.hex("82fe0001 37fa213d 37"));
    assertThat(masked("82 7f 0000000000000001 00"))
        .isEqualTo(Bytes.hex("82ff0000000000000001 37fa213d 37"));
  }

  @Test
  void refusesWhatIsNoUnmaskedHeader() {
    for (String bad : new String[] {"81", "81 85 00", "81 7e 00"}) {
      assertThatThrownBy(() -> masked(bad))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("raw bytes");
    }
  }

  private static Bytes masked(String hex) {
    return RawFrame.masked(Bytes.hex(hex));
  }
}
