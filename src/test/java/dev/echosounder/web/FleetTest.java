package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.eclipse.jetty.util.Fields;
import org.junit.jupiter.api.Test;

final class FleetTest {
  @Test
  void fleetIsSummedUp() {
    Stub stub = new Stub();
    stub.status = Samples.morning(stub.history);
    Pages pages = new Pages(stub, Clock.fixed(Samples.NOW, ZoneOffset.UTC));
    String html = PageTest.text(pages.home(new Query(new Fields())));
    assertThat(PageTest.words(html))
        .contains("Failing, by cause http_status 2 checks")
        .contains("Held connections open 1 of 1 eof 1 drop peer_going_away 1 drop")
        .contains("recovery, p50 310 ms recovery, longest 4.00 s")
        .contains("Slowest round trips, median chat-eu broadcast 15.3 ms")
        .contains("and 3 more")
        .contains("Certificates, next to expire chat-eu in 119 d");
  }

  @Test
  void certificateThatExpiresSoonIsSaidInWords() {
    Ages ages = new Ages(Samples.NOW);
    assertThat(Expiry.in(Samples.NOW.plus(Duration.ofDays(22)), ages)).isEqualTo("in 22 d");
    assertThat(Expiry.in(Samples.NOW.plus(Duration.ofDays(6)), ages)).isEqualTo("in 6 d, soon");
    assertThat(Expiry.in(Samples.NOW.minus(Duration.ofHours(3)), ages))
        .isEqualTo("expired 3 h ago");
  }
}
