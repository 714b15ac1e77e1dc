package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.peer.Peer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection against the peer: what is seen, why it did not open, how it ended. */
final class ConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Target.Timeouts SHORT =
      new Target.Timeouts(
          Duration.ofMillis(1_500), Duration.ofMillis(1_500), Duration.ofMillis(300));

  private static Peer peer;
  private static Client client;

  @BeforeAll
  static void start() {
    peer = Peer.start();
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    peer.close();
  }

  private static Target at(String path) {
    return Target.of(peer.uri(path)).withTimeouts(SHORT);
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(5, TimeUnit.SECONDS);
  }

  private static Connection open(Target target, Listener listener) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(listener);
    Connection connection = client.open(target, recorder);
    assertThat(await(connection.opened())).isInstanceOf(Event.Upgraded.class);
    return connection;
  }

  private static ConnectFailure failure(Target target) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Opening opening = await(client.open(target, recorder).opened());
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    recorder.assertPaired();
    return (ConnectFailure) opening;
  }

  @Test
  void echoesTextAndBytesAndClosesCleanly() throws Exception {
    Inbox inbox = new Inbox();
    TimelineRecorder recorder = new TimelineRecorder(inbox);
    Connection connection = client.open(at("/echo"), recorder);
    await(connection.opened());
    await(connection.sendText("Hello"));
    assertThat(inbox.next(PATIENCE)).get().hasToString(text(connection, "Hello"));
    await(connection.sendBinary(Bytes.hex("00 ff 10")));
    assertThat(inbox.next(PATIENCE))
        .get()
        .extracting(m -> ((Message.Binary) m).bytes())
        .isEqualTo(Bytes.hex("00ff10"));
    Ending ending = await(connection.close(1000, "bye"));
    assertThat(ending).isEqualTo(new Ending(Ending.Cause.CLOSED_BY_US, 1000, "", true, ""));
    assertThat(connection.timeline().phases())
        .containsOnlyKeys(Phase.TCP, Phase.UPGRADE, Phase.FIRST_MESSAGE, Phase.ECHO, Phase.CLOSE);
    recorder.assertPaired();
  }

  private static String text(Connection connection, String text) {
    long nanos =
        connection.timeline().events().stream()
            .filter(Event.Received.class::isInstance)
            .mapToLong(Event::nanos)
            .max()
            .orElseThrow();
    return new Message.Text(nanos, text, text.length()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "/close/1000?reason=bye, PEER_NORMAL, 1000, bye, true",
    "/close/1001, PEER_GOING_AWAY, 1001, '', true",
    "/close/1002, PEER_ERROR, 1002, '', true",
    "/close/1005, PEER_NO_STATUS, 1005, '', true",
    "/close/1011?reason=oops, PEER_ERROR, 1011, oops, true",
    "/close/4001?reason=kicked, PEER_APPLICATION, 4001, kicked, true",
    "/two-closes?code=1000&then=4000, PEER_NORMAL, 1000, '', true",
    "/reset, RESET, 1006, '', false",
    "/fin, EOF, 1006, '', false",
    "/cut?how=fin, EOF, 1006, '', false",
    "/cut?how=reset, RESET, 1006, '', false",
    "/invalid/reserved-bits, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/reserved-opcode, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/reserved-control-opcode, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/bad-utf8, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/masked, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/fragmented-control, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/long-control, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/lone-continuation, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/interleaved, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/close-one-byte, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/close-bad-code, PROTOCOL_VIOLATION, 1006, '', false",
    "/invalid/huge-length, LOCAL_ERROR, 1006, '', false",
    "/idle?timeout=200ms&how=1001, PEER_GOING_AWAY, 1001, idle timeout, true",
  })
  void thePeerEndsIt(String path, Ending.Cause cause, int code, String reason, boolean clean)
      throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Ending ending = await(client.open(at(path), recorder).ended());
    assertThat(ending.cause()).as(ending.toString()).isEqualTo(cause);
    assertThat(ending.code()).isEqualTo(code);
    assertThat(ending.reason()).isEqualTo(reason);
    assertThat(ending.clean()).isEqualTo(clean);
    recorder.assertPaired();
  }

  @ParameterizedTest
  @CsvSource({
    "/refuse/401?body=who%20are%20you, HTTP_STATUS, answered 401",
    "/refuse/503, HTTP_STATUS, answered 503",
    "/nowhere, HTTP_STATUS, answered 404",
    "/redirect?to=/echo&status=302, REDIRECT, 302 Found to /echo",
    "/ok, NOT_WEBSOCKET, answered 200",
    "/bad-accept, NOT_WEBSOCKET, Sec-WebSocket-Accept is",
    "/no-upgrade-header, NOT_WEBSOCKET, no \"Upgrade: websocket\"",
    "/garbage, NOT_WEBSOCKET, not HTTP",
    "/echo?blind=chat, SUBPROTOCOL, chose \"chat\"; offered: none",
    "/no-answer, UPGRADE_TIMEOUT, within 1500 ms",
    "/hang-up?how=fin, CLOSED_EARLY, the stream ended",
    "/hang-up?how=reset, CLOSED_EARLY, reset",
  })
  void thePeerRefuses(String path, ConnectFailure.Cause cause, String detail) throws Exception {
    ConnectFailure failure = failure(at(path));
    assertThat(failure.cause()).as(failure.toString()).isEqualTo(cause);
    assertThat(failure.detail()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:1/, REFUSED, refused",
    "ws://nowhere.invalid/, DNS, nowhere.invalid",
  })
  void theNetworkRefuses(URI uri, ConnectFailure.Cause cause, String detail) throws Exception {
    ConnectFailure failure = failure(Target.of(uri));
    assertThat(failure.cause()).as(failure.toString()).isEqualTo(cause);
    assertThat(failure.detail()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:9/",
    "ws://localhost:9/",
    "ws://[::1]:9/",
    "ws://2130706433:9/",
    "ws://[::ffff:127.0.0.1]:9/",
  })
  void theGuardSeesTheAddressBehindEverySpelling(URI uri) throws Exception {
    Guard noLoopback = address -> !address.getAddress().isLoopbackAddress();
    ConnectFailure failure = failure(Target.of(uri).withGuard(noLoopback));
    assertThat(failure.cause()).as(failure.toString()).isEqualTo(ConnectFailure.Cause.BLOCKED);
  }

  @Test
  void aRefusalKeepsStatusHeadersAndBody() throws Exception {
    ConnectFailure.Response response =
        failure(at("/refuse/401?header=X-Why:because&body=who%20are%20you")).response();
    assertThat(response).isNotNull();
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.header("x-why")).contains("because");
    assertThat(response.body().asUtf8()).isEqualTo("who are you");
  }

  @Test
  void anUnansweredCloseIsCutAfterTheCloseTimeout() throws Exception {
    Connection connection = open(at("/no-close-answer"), Listener.NONE);
    Ending ending = await(connection.close(1000, ""));
    assertThat(ending.cause()).isEqualTo(Ending.Cause.CLOSED_BY_US);
    assertThat(ending.clean()).isFalse();
    assertThat(ending.detail()).contains("within 300 ms");
    assertThat(connection.timeline().phase(Phase.CLOSE).orElseThrow())
        .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @CsvSource({"1000", "1001", "1002", "1008", "1011", "3000", "4999", "1005"})
  void weCloseWithAnyCodeAndWaitForTheAnswer(int code) throws Exception {
    Connection connection = open(at("/echo"), Listener.NONE);
    Ending ending = await(connection.close(code, "because"));
    assertThat(ending.cause()).isEqualTo(Ending.Cause.CLOSED_BY_US);
    assertThat(ending.clean()).isTrue();
    assertThat(connection.timeline().events())
        .filteredOn(e -> e instanceof Event.Sent s && s.frame().opcode() == Opcode.CLOSE)
        .singleElement()
        .satisfies(e -> assertThat(((Event.Sent) e).frame().closeCode()).isEqualTo(code));
  }

  @Test
  void aMessageOverOurLimitEndsIt() throws Exception {
    Connection connection =
        open(at("/echo").withLimits(new Target.Limits(1_000, 10_000)), Listener.NONE);
    await(connection.sendText("x".repeat(1_001)));
    Ending ending = await(connection.ended());
    assertThat(ending.cause()).isEqualTo(Ending.Cause.LOCAL_ERROR);
    assertThat(ending.detail()).contains("over our limit");
  }

  @Test
  void abortEndsItWithTheCauseGiven() throws Exception {
    Connection connection = open(at("/silent"), Listener.NONE);
    connection.abort(Ending.Cause.LIVENESS_TIMEOUT, "no pong within 1 s");
    Ending ending = await(connection.ended());
    assertThat(ending.cause()).isEqualTo(Ending.Cause.LIVENESS_TIMEOUT);
    assertThat(ending.detail()).isEqualTo("no pong within 1 s");
  }

  @Test
  void anIdleCutIsRecognisedByTheLearntLimit() throws Exception {
    Target target = at("/idle?timeout=300ms&how=fin").withIdleLimit(Duration.ofMillis(300));
    assertThat(await(open(target, Listener.NONE).ended()).cause()).isEqualTo(Ending.Cause.IDLE_CUT);
  }

  @Test
  void theCloseFrameIsReadThoughTheWriteFailsFirst() throws Exception {
    Connection connection = open(at("/late-fin?code=1009&after=1&wait=2s"), Listener.NONE);
    await(connection.sendText("too big"));
    assertThat(await(connection.ended()).code()).isEqualTo(1009);
  }

  @Test
  void framesAreSeenAsTheyWere() throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = open(at("/echo?fragment=2&ping=on"), inbox);
    await(
        connection.sendFragments(
            Opcode.TEXT, List.of(Bytes.hex("c3"), Bytes.EMPTY, Bytes.hex("a9 21 21"))));
    assertThat(inbox.next(PATIENCE))
        .get()
        .extracting(m -> ((Message.Text) m).text())
        .isEqualTo("é!!");
    assertThat(frames(connection, Event.Sent.class))
        .containsSubsequence("text 1", "continuation 0", "continuation 3 FIN");
    assertThat(frames(connection, Event.Received.class))
        .containsSubsequence("text 2", "continuation 2 FIN");
    assertThat(frames(connection, Event.Received.class)).contains("ping 4 FIN");
    assertThat(frames(connection, Event.Sent.class)).contains("pong 4 FIN");
  }

  private static List<String> frames(Connection connection, Class<? extends Event> direction) {
    return connection.timeline().events().stream()
        .filter(direction::isInstance)
        .map(e -> e instanceof Event.Sent s ? s.frame() : ((Event.Received) e).frame())
        .map(f -> f.opcode().label() + " " + f.length() + (f.fin() ? " FIN" : ""))
        .toList();
  }

  @Test
  void compressedFramesAreMarked() throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = open(at("/echo").withDeflate(true), inbox);
    String text = "a".repeat(10_000);
    await(connection.sendText(text));
    assertThat(inbox.next(PATIENCE)).get().extracting(Message::size).isEqualTo(10_000);
    assertThat(connection.timeline().events())
        .filteredOn(e -> e instanceof Event.Received)
        .first()
        .satisfies(
            e -> {
              Frame frame = ((Event.Received) e).frame();
              assertThat(frame.compressed()).isTrue();
              assertThat(frame.length()).isLessThan(1_000);
            });
  }

  @Test
  void aDecompressionBombStopsAtTheMessageLimit() throws Exception {
    Target target =
        at("/echo").withDeflate(true).withLimits(new Target.Limits(100_000, 10_000_000));
    Connection connection = open(target, Listener.NONE);
    await(connection.sendText("a".repeat(5_000_000)));
    Ending ending = await(connection.ended());
    assertThat(ending.cause()).isEqualTo(Ending.Cause.LOCAL_ERROR);
    assertThat(ending.detail()).contains("over our limit");
  }

  @Test
  void optionsAreSent() throws Exception {
    Inbox inbox = new Inbox();
    Target target =
        at("/request?subprotocol=b")
            .withHeader("X-One", "1")
            .withHeader("X-One", "2")
            .withHeader("Origin", "https://example.org")
            .withCookie("a", "b")
            .withCookie("c", "d")
            .withBasic("user", "pass")
            .withSubprotocols(List.of("a", "b"));
    Connection connection = open(target, inbox);
    String request = ((Message.Text) inbox.next(PATIENCE).orElseThrow()).text();
    assertThat(request)
        .contains("X-One: 1")
        .contains("X-One: 2")
        .contains("Origin: https://example.org")
        .contains("Cookie: a=b; c=d")
        .contains("Authorization: Basic dXNlcjpwYXNz")
        .contains("Sec-WebSocket-Protocol: a, b")
        .contains("User-Agent: Echosounder/");
    assertThat(connection.timeline().events().toString()).doesNotContain("dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @CsvSource({"LIVENESS_TIMEOUT, UPGRADE_TIMEOUT", "LOCAL_ERROR, LOCAL_ERROR"})
  void abortBeforeItIsOpenGivesUp(Ending.Cause why, ConnectFailure.Cause cause) throws Exception {
    Connection connection = client.open(at("/no-answer"), Listener.NONE);
    assertThat(connection.timeline().await(e -> e instanceof Event.Upgrading, PATIENCE))
        .isPresent();
    connection.abort(why, "enough");
    ConnectFailure failure = (ConnectFailure) await(connection.opened());
    assertThat(failure.cause()).isEqualTo(cause);
    assertThat(failure.detail()).contains("enough");
  }

  @Test
  void sendingBeforeItIsOpenFailsWithItsReason() {
    Connection connection = client.open(at("/no-answer"), Listener.NONE);
    assertThatThrownBy(() -> await(connection.sendText("early")))
        .hasMessageContaining("is not open yet");
  }
}
