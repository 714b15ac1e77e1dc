package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No message is lost, and a full inbox says so. */
final class InboxTest {
  private final Peer peer = Peer.start();
  private final Client client = Client.create();

  @AfterEach
  void stop() {
    client.close();
    peer.close();
  }

  @Test
  void keepsWhatCameBeforeAnybodyLooked() throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = client.open(Target.of(peer.uri("/flood?count=3&size=10")), inbox);
    connection.opened().get(5, TimeUnit.SECONDS);
    connection.sendText("after").get(5, TimeUnit.SECONDS);
    assertThat(inbox.find(m -> isText(m, "after"), Duration.ofSeconds(5))).isPresent();
    assertThat(inbox.waiting()).hasSize(3).allMatch(m -> m.size() == 10);
    assertThat(inbox.next(Duration.ZERO)).isPresent();
    assertThat(inbox.waiting()).hasSize(2);
  }

  @Test
  void endsTheConnectionWhenFull() throws Exception {
    Connection connection =
        client.open(Target.of(peer.uri("/flood?count=100&size=100")), new Inbox(1_000));
    Ending ending = connection.ended().get(5, TimeUnit.SECONDS);
    assertThat(ending.cause()).isEqualTo(Ending.Cause.LOCAL_ERROR);
    assertThat(ending.detail()).contains("inbox is full").contains("1000 bytes");
  }

  @Test
  void stopsWaitingWhenNothingMoreCanCome() throws Exception {
    Inbox inbox = new Inbox();
    client.open(Target.of(peer.uri("/close/1000")), inbox).ended().get(5, TimeUnit.SECONDS);
    long start = System.nanoTime();
    assertThat(inbox.next(Duration.ofSeconds(30))).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  private static boolean isText(Message message, String text) {
    return message instanceof Message.Text t && t.text().equals(text);
  }
}
