package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.JettyHttp2;
import dev.echosounder.servers.ServerKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate on the wire: contexts, what it saves, and bombs. */
final class CompressionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String TEXT = "It was a dark and stormy night. ".repeat(20);

  private static Peer peer;
  private static EchoServer jetty;
  private static Client client;

  @BeforeAll
  static void start() {
    peer = Peer.start();
    jetty = JettyHttp2.clear();
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
    jetty.close();
    peer.close();
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(5, TimeUnit.SECONDS);
  }

  /** The lengths on the wire of three equal texts: ours, then theirs. */
  private static List<List<Long>> lengths(URI uri, String parameters, HttpVersion http)
      throws Exception {
    Inbox inbox = new Inbox();
    Target target = Target.of(uri).withDeflate(Deflate.parse(parameters)).withHttp(http);
    Connection connection = client.open(target, inbox);
    assertThat(await(connection.opened())).isInstanceOf(Event.Upgraded.class);
    for (int i = 0; i < 3; i++) {
      await(connection.sendText(TEXT));
      assertThat(inbox.next(PATIENCE))
          .get()
          .extracting(m -> ((Message.Text) m).text())
          .isEqualTo(TEXT);
      await(connection.ping(Bytes.utf8("between")));
    }
    await(connection.close(1000, ""));
    List<Event> events = connection.timeline().events();
    return List.of(
        events.stream()
            .filter(Event.Sent.class::isInstance)
            .map(e -> ((Event.Sent) e).frame())
            .filter(f -> f.opcode() == Opcode.TEXT)
            .map(Frame::length)
            .toList(),
        events.stream()
            .filter(Event.Received.class::isInstance)
            .map(e -> ((Event.Received) e).frame())
            .filter(f -> f.opcode() == Opcode.TEXT)
            .map(Frame::length)
            .toList());
  }

  private static void keeps(List<Long> lengths) {
    assertThat(lengths.get(1)).isLessThan(lengths.get(0));
  }

  private static void forgets(List<Long> lengths) {
    assertThat(lengths).hasSize(3).allMatch(lengths.get(0)::equals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void eachSideForgetsItsContextIfAgreed(HttpVersion http) throws Exception {
    List<List<Long>> both = lengths(jetty.uri(), "", http);
    keeps(both.get(0));
    keeps(both.get(1));
    List<List<Long>> ours = lengths(jetty.uri(), "client_no_context_takeover", http);
    forgets(ours.get(0));
    keeps(ours.get(1));
    List<List<Long>> theirs = lengths(jetty.uri(), "server_no_context_takeover", http);
    keeps(theirs.get(0));
    forgets(theirs.get(1));
  }

  @Test
  void aServerWithASmallerWindow() throws Exception {
    try (EchoServer node = ServerKind.NODE_WS.startOrSkip()) {
      keeps(lengths(node.uri(), "server_max_window_bits=9", HttpVersion.HTTP_1_1).get(0));
    }
  }

  @Test
  void aServerThatIgnoresTheWindowIsNoWebSocketServer() throws Exception {
    Target target = Target.of(jetty.uri()).withDeflate(Deflate.ON.withServerMaxWindowBits(10));
    ConnectFailure failure = (ConnectFailure) await(client.open(target, Listener.NONE).opened());
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.NOT_WEBSOCKET);
    assertThat(failure.detail()).contains("expected server_max_window_bits of at most 10");
  }

  @Test
  void whatItSavedIsMeasured() throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = client.open(Target.of(peer.uri("/echo")).withDeflate(true), inbox);
    await(connection.opened());
    await(connection.sendText(TEXT));
    assertThat(inbox.next(PATIENCE)).isPresent();
    await(connection.close(1000, ""));
    Compression seen = connection.timeline().compression().orElseThrow();
    long sent =
        connection.timeline().events().stream()
            .filter(Event.Sent.class::isInstance)
            .map(e -> ((Event.Sent) e).frame())
            .filter(f -> f.opcode() == Opcode.TEXT)
            .mapToLong(Frame::length)
            .sum();
    assertThat(seen.sent()).isEqualTo(new Compression.Volume(TEXT.length(), sent));
    assertThat(seen.sent().saved()).isBetween(0.8, 0.99);
    assertThat(seen.received().plain()).isEqualTo(TEXT.length());
    assertThat(seen.received().saved()).isBetween(0.8, 0.99);
  }

  @Test
  void withoutAnAgreementNothingIsMeasured() throws Exception {
    Target target = Target.of(peer.uri("/echo?deflate=off")).withDeflate(true);
    Connection connection = client.open(target, Listener.NONE);
    await(connection.opened());
    await(connection.close(1000, ""));
    assertThat(connection.timeline().compression()).isEmpty();
  }

  /** Four gigabytes in four megabytes: they would not fit into the heap, nor into the time. */
  @Test
  void aBombIsStoppedAtTheMessageLimit() throws Exception {
    int limit = 1 << 20;
    Target target =
        Target.of(peer.uri("/bomb?mebibytes=4096"))
            .withDeflate(true)
            .withLimits(new Target.Limits(limit, 16 << 20));
    Inbox inbox = new Inbox();
    Connection connection = client.open(target, inbox);
    Ending ending = await(connection.ended());
    assertThat(ending.cause()).isEqualTo(Ending.Cause.LOCAL_ERROR);
    assertThat(ending.detail())
        .contains("over our limit")
        .contains("bytes on the wire inflate to more than the limit of 1,048,576");
    assertThat(connection.timeline().events())
        .filteredOn(Event.Sent.class::isInstance)
        .extracting(e -> ((Event.Sent) e).frame().closeCode())
        .containsExactly(CloseCode.MESSAGE_TOO_BIG);
    Compression seen = connection.timeline().compression().orElseThrow();
    assertThat(seen.received().wire()).isGreaterThan(4_000_000);
    assertThat(seen.received().plain()).isLessThanOrEqualTo(limit + 8 * 1024);
    assertThat(inbox.waiting()).isEmpty();
  }
}
