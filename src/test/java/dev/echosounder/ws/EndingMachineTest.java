package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Ending.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first fact that can be a cause is the cause, in whatever order the facts come. */
final class EndingMachineTest {
  private final EndingMachine machine = new EndingMachine();

  private static Frame close(int code, String reason) {
    Bytes payload = Outbound.closePayload(code, reason);
    return new Frame(Opcode.CLOSE, true, 0, payload.size(), payload);
  }

  private Ending ending() {
    return machine.closed().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, PEER_NORMAL",
    "1001, PEER_GOING_AWAY",
    "1002, PEER_ERROR",
    "1005, PEER_NO_STATUS",
    "1008, PEER_ERROR",
    "1011, PEER_ERROR",
    "1015, PEER_ERROR",
    "2999, PEER_ERROR",
    "3000, PEER_APPLICATION",
    "4999, PEER_APPLICATION"
  })
  void thePeersCodeDecides(int code, Cause cause) {
    machine.receivedClose(close(code, "why"));
    machine.sentClose(code);
    Ending ending = ending();
    assertThat(ending.cause()).isEqualTo(cause);
    assertThat(ending.code()).isEqualTo(code);
    assertThat(ending.reason()).isEqualTo(code == 1005 ? "" : "why");
    assertThat(ending.clean()).isTrue();
  }

  @Test
  void ourCloseWinsOverThePeersAnswer() {
    assertThat(machine.requestClose()).isTrue();
    machine.sentClose(1000);
    machine.receivedClose(close(1001, ""));
    assertThat(ending()).isEqualTo(new Ending(Cause.CLOSED_BY_US, 1001, "", true, ""));
  }

  @Test
  void thePeersCloseWinsOverOneThatWeOnlyAskedFor() {
    assertThat(machine.requestClose()).isTrue();
    machine.receivedClose(close(4000, ""));
    machine.sentClose(1000);
    assertThat(ending().cause()).isEqualTo(Cause.PEER_APPLICATION);
  }

  @Test
  void aCloseThatThePeerNeverAnsweredIsOursAndNotClean() {
    machine.requestClose();
    machine.sentClose(1000);
    machine.eof();
    Ending ending = ending();
    assertThat(ending.cause()).isEqualTo(Cause.CLOSED_BY_US);
    assertThat(ending.clean()).isFalse();
    assertThat(ending.code()).isEqualTo(CloseCode.ABNORMAL);
    assertThat(ending.detail()).contains("did not answer our close frame");
  }

  @ParameterizedTest
  @CsvSource({
    "1002, PROTOCOL_VIOLATION",
    "1003, PROTOCOL_VIOLATION",
    "1007, PROTOCOL_VIOLATION",
    "1009, LOCAL_ERROR",
    "1011, LOCAL_ERROR"
  })
  void aCloseThatNobodyAskedForIsTheLibrarysVerdict(int code, Cause cause) {
    machine.sentClose(code);
    machine.failed(new IllegalStateException("RSV2 not allowed to be set"));
    Ending ending = ending();
    assertThat(ending.cause()).isEqualTo(cause);
    assertThat(ending.detail()).contains("RSV2");
  }

  @Test
  void aSecondCloseFrameChangesNothing() {
    machine.receivedClose(close(1000, "first"));
    machine.receivedClose(close(4000, "second"));
    assertThat(ending().reason()).isEqualTo("first");
  }

  @Test
  void tlsTroubleIsToldFromTheEndOfTheStream() {
    machine.failed(new SSLException("bad record mac"));
    machine.eof();
    assertThat(ending())
        .extracting(Ending::cause, Ending::detail)
        .containsExactly(Cause.TLS_ERROR, "bad record mac");
  }

  @Test
  void inEveryOrderTheFirstFactWinsAndThereIsOneEnding() {
    Map<Cause, Consumer<EndingMachine>> facts = new LinkedHashMap<>();
    facts.put(Cause.EOF, EndingMachine::eof);
    facts.put(Cause.RESET, m -> m.reset("Connection reset by peer"));
    facts.put(Cause.PEER_GOING_AWAY, m -> m.receivedClose(close(1001, "")));
    facts.put(Cause.PROTOCOL_VIOLATION, m -> m.sentClose(1002));
    facts.put(Cause.LIVENESS_TIMEOUT, m -> m.abort(Cause.LIVENESS_TIMEOUT, "silent"));
    facts.put(Cause.TLS_ERROR, m -> m.failed(new SSLException("alert")));
    List<List<Cause>> orders = new ArrayList<>();
    permute(new ArrayList<>(facts.keySet()), 0, orders);
    assertThat(orders).hasSize(720);
    for (List<Cause> order : orders) {
      EndingMachine one = new EndingMachine();
      order.forEach(fact -> Objects.requireNonNull(facts.get(fact)).accept(one));
      assertThat(one.closed()).get().extracting(Ending::cause).isEqualTo(order.get(0));
      assertThat(one.closed()).isEqualTo(Optional.empty());
    }
  }

  private static void permute(List<Cause> items, int from, List<List<Cause>> out) {
    if (from == items.size()) {
      out.add(List.copyOf(items));
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, out);
      Collections.swap(items, from, i);
    }
  }
}
