package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import dev.echosounder.peer.Peer;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.JettyHttp2;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large messages; {@code -Dechosounder.stream.mebibytes=1024} for really large ones. */
final class StreamedEchoTest {
  private static final long SIZE = Long.getLong("echosounder.stream.mebibytes", 64) << 20;

  /** Live bytes, after a collection, of client and server together: far less than the message. */
  private static final long MOST_LIVE_GROWTH = 24L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

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
    return future.get(120, TimeUnit.SECONDS);
  }

  private static Connection open(Target target) throws Exception {
    Connection connection = client.open(target, Listener.NONE);
    assertThat(await(connection.opened())).isInstanceOf(Event.Upgraded.class);
    return connection;
  }

  @Test
  void aMessageLargerThanAllItMayUse() throws Exception {
    Connection connection = open(Target.of(peer.uri("/relay")));
    long before = live();
    StreamedEcho echo = StreamedEcho.start(connection, SIZE, StreamedEcho.DEFAULT_FRAGMENT);
    CompletableFuture<Void> done = echo.done();
    long most = 0;
    int looks = 0;
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    for (boolean over = false; !over && System.nanoTime() - end < 0; looks++) {
      most = Math.max(most, live());
      CompletableFuture<Boolean> ended = done.handle((value, failure) -> true);
      over = ended.completeOnTimeout(false, 200, TimeUnit.MILLISECONDS).join();
    }
    await(done);
    assertThat(looks).isPositive();
    assertThat(most - before).isLessThan(MOST_LIVE_GROWTH);
    whole(echo, SIZE);
    await(connection.close(1000, ""));
    assertThat(connection.ending().orElseThrow().clean()).isTrue();
    System.out.printf("%,d bytes there and back in %s%n", SIZE, echo.took());
  }

  private static void whole(StreamedEcho echo, long size) {
    assertThat(echo.sent().bytes()).isEqualTo(size);
    assertThat(echo.received()).isEqualTo(echo.sent());
    assertThat(echo.took()).isPositive();
  }

  /** Jetty's server echoes by pieces of its own. */
  @ParameterizedTest
  @EnumSource
  void anotherServerAndEitherHttp(HttpVersion http) throws Exception {
    Connection connection = open(Target.of(jetty.uri().resolve("/stream")).withHttp(http));
    StreamedEcho echo = StreamedEcho.start(connection, 4 << 20, 50_000);
    await(echo.done());
    whole(echo, 4 << 20);
    await(connection.close(1000, ""));
  }

  @Test
  void compressedAndMoreThanTheMessageLimit() throws Exception {
    Target target =
        Target.of(jetty.uri().resolve("/stream"))
            .withDeflate(true)
            .withLimits(new Target.Limits(1 << 20, 1 << 20));
    Connection connection = open(target);
    StreamedEcho echo = StreamedEcho.start(connection, 2 << 20, 64 * 1024);
    await(echo.done());
    whole(echo, 2 << 20);
    await(connection.close(1000, ""));
  }

  @Test
  void messagesBeforeAndAfterAreWhole() throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = client.open(Target.of(peer.uri("/relay")), inbox);
    await(connection.opened());
    await(connection.sendText("before"));
    assertThat(inbox.next(PATIENCE)).isPresent();
    StreamedEcho echo = StreamedEcho.start(connection, 1, 1);
    await(echo.done());
    await(connection.sendText("after"));
    assertThat(inbox.next(PATIENCE))
        .get()
        .extracting(m -> ((Message.Text) m).text())
        .isEqualTo("after");
    await(connection.close(1000, ""));
  }

  @Test
  void anotherMessageIsNotTheEcho() throws Exception {
    Connection connection = open(Target.of(peer.uri("/echo?delay=200ms")));
    await(connection.sendText("other"));
    StreamedEcho echo = StreamedEcho.start(connection, 1_000, 100);
    await(echo.done());
    assertThat(echo.received()).isNotEqualTo(echo.sent());
    assertThat(echo.received().bytes()).isEqualTo(5);
    await(connection.close(1000, ""));
  }

  @Test
  void anEndMidwayFailsAndSaysWhy() throws Exception {
    Connection connection = open(Target.of(peer.uri("/close/4001?after=0")));
    await(connection.ended());
    StreamedEcho echo = StreamedEcho.start(connection, 1 << 20, 1_000);
    assertThatThrownBy(() -> await(echo.done()))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("the connection ended: peer_application");
  }

  /** What a full collection leaves. */
  private static long live() {
    System.gc();
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(GarbageCollectorMXBean.class::isInstance)
        .map(b -> ((GarbageCollectorMXBean) b).getLastGcInfo())
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(GcInfo::getEndTime))
        .orElseThrow()
        .getMemoryUsageAfterGc()
        .values()
        .stream()
        .mapToLong(u -> u.getUsed())
        .sum();
  }
}
