package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HeaderTest {
  @Test
  void equalLinesThatWereSeenAreOneObject() {
    Header first = Header.seen("Server", "a");
    assertThat(Header.seen("Server", "a")).isSameAs(first);
    assertThat(Header.seen("server", "a")).isEqualTo(new Header("server", "a"));
    assertThat(Header.seen("X-Seen", "b")).isEqualTo(new Header("X-Seen", "b"));
    assertThat(Header.seen("X-Seen", null)).isEqualTo(new Header("X-Seen", ""));
  }

  @Test
  void secretsAreNotKeptForOthers() {
    Header first = Header.seen("Set-Cookie", "a=1");
    assertThat(Header.seen("Set-Cookie", "a=1")).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void whatCantStandInAMessageIsRefused() {
    assertThatThrownBy(() -> Header.seen("X-Seen", "a\r\nX-Forged: b"))
        .hasMessageContaining("line break");
  }
}
