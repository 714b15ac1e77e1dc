package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes after a 401: one attempt with new credentials, if those before were kept ones. */
final class AttemptsTest {
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

  /** Credentials that others renew all the time; counts, and notes what was refused. */
  private record Renewed(AtomicInteger asked, List<String> refused, boolean kept)
      implements Authorization {
    Renewed(boolean kept) {
      this(new AtomicInteger(), new CopyOnWriteArrayList<>(), kept);
    }

    @Override
    public CompletableFuture<String> header(
        Supplier<CompletableFuture<SSLContext>> trust, Duration patience) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      String header = "Bearer " + asked.incrementAndGet();
      return kept
          ? CompletableFuture.completedFuture(header)
          : answer.completeOnTimeout(header, 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public void refused(String header) {
      refused.add(header);
    }

    @Override
    public Collection<String> secrets() {
      return List.of();
    }
  }

  private static Connection refused(Renewed credentials, String path) throws Exception {
    Target target = Target.of(peer.uri(path)).withAuthorization(credentials);
    Connection connection = client.open(target, Listener.NONE);
    assertThat(connection.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(ConnectFailure.class);
    return connection;
  }

  private static long renewals(Connection connection) {
    return connection.timeline().events().stream()
        .filter(Event.Unauthorized.class::isInstance)
        .count();
  }

  @Test
  void keptCredentialsThatAreRefusedAreTakenBackAndRenewedOnce() throws Exception {
    Renewed credentials = new Renewed(true);
    Connection connection = refused(credentials, "/refuse/401");
    assertThat(credentials.refused()).containsExactly("Bearer 1", "Bearer 2");
    assertThat(credentials.asked()).hasValue(2);
    assertThat(renewals(connection)).isEqualTo(1);
  }

  @Test
  void newOnesThatAreRefusedAreTakenBackOnly() throws Exception {
    Renewed credentials = new Renewed(false);
    Connection connection = refused(credentials, "/refuse/401");
    assertThat(credentials.refused()).containsExactly("Bearer 1");
    assertThat(credentials.asked()).hasValue(1);
    assertThat(renewals(connection)).isZero();
  }

  @Test
  void anotherRefusalIsNotTheCredentialsFault() throws Exception {
    Renewed credentials = new Renewed(true);
    Connection connection = refused(credentials, "/refuse/403");
    assertThat(credentials.refused()).isEmpty();
    assertThat(credentials.asked()).hasValue(1);
    assertThat(renewals(connection)).isZero();
  }
}
