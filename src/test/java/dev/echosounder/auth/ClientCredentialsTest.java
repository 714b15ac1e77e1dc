package dev.echosounder.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.echosounder.peer.Peer;
import dev.echosounder.servers.TokenServer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Opening;
import dev.echosounder.ws.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access tokens of a real OAuth server, shown to a server that asks that one whether they hold. */
final class ClientCredentialsTest {
  private static final Duration LIFETIME = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(600);

  private static TokenServer server;
  private static Client client;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  @BeforeAll
  static void start() {
    client = Client.create();
    server = TokenServer.startOrSkip(LIFETIME);
  }

  @AfterAll
  static void stop() {
    client.close();
    if (server != null) {
      server.close();
    }
  }

  private static OAuth2 settings() {
    return OAuth2.of(server.http("/token"), "basic", TokenServer.SECRET);
  }

  private Target target(OAuth2 settings) {
    return Target.of(server.uri())
        .withAuthorization(new ClientCredentials(settings, () -> now.get()));
  }

  private static Connection opened(Target target) throws Exception {
    Connection connection = client.open(target, Listener.NONE);
    assertThat(connection.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
    connection.close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
    return connection;
  }

  private static ConnectFailure refused(Target target) throws Exception {
    Opening opening = client.open(target, Listener.NONE).opened().get(5, TimeUnit.SECONDS);
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    return (ConnectFailure) opening;
  }

  @Test
  void withoutATokenTheServerRefuses() throws Exception {
    assertThat(refused(Target.of(server.uri())).detail()).startsWith("answered 401");
  }

  @ParameterizedTest
  @CsvSource({"basic, BASIC", "post, POST"})
  void aTokenLetsUsIn(String id, OAuth2.Method method) throws Exception {
    OAuth2 settings =
        OAuth2.of(server.http("/token"), id, TokenServer.SECRET)
            .withMethod(method)
            .withScopes(List.of("chat", "audit"))
            .withAudience("https://chat.example");
    opened(target(settings));
    assertThat(asked())
        .contains("\"scope\":\"chat audit\"", "\"audience\":\"https://chat.example\"");
  }

  @Test
  void oneTokenServesAllConnectionsUntilShortlyBeforeItExpires() throws Exception {
    Target target = target(settings());
    long before = requests();
    List<Connection> together = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      together.add(client.open(target, Listener.NONE));
    }
    for (Connection connection : together) {
      assertThat(connection.opened().get(5, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
      connection.close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
    }
    opened(target);
    assertThat(requests()).isEqualTo(before + 1);
    now.updateAndGet(t -> t.plus(LIFETIME).minusSeconds(12));
    opened(target);
    assertThat(requests()).isEqualTo(before + 1);
    now.updateAndGet(t -> t.plusSeconds(4));
    opened(target);
    assertThat(requests()).isEqualTo(before + 2);
  }

  @Test
  void aRevokedTokenIsRenewedOnceWithinTheSameConnection() throws Exception {
    Target target = target(settings());
    String first = token(opened(target));
    long before = requests();
    revoke(first);
    Connection again = opened(target);
    // The first socket's end, which is still to come, is no end of this connection.
    assertThat(again.ending()).hasValueSatisfying(e -> assertThat(e.clean()).isTrue());
    assertThat(again.timeline().events())
        .filteredOn(Event.Unauthorized.class::isInstance)
        .singleElement()
        .extracting(e -> ((Event.Unauthorized) e).refusal().cause())
        .isEqualTo(ConnectFailure.Cause.HTTP_STATUS);
    assertThat(token(again)).isNotEqualTo(first);
    assertThat(requests()).isEqualTo(before + 1);
  }

  @Test
  void aNewTokenThatIsRefusedIsNotTriedAgainAndNotKept() throws Exception {
    // A peer that refuses whatever it is shown, as for a missing scope.
    try (Peer peer = Peer.start()) {
      Target target =
          Target.of(peer.uri("/refuse/401"))
              .withAuthorization(new ClientCredentials(settings(), () -> now.get()));
      long before = requests();
      assertThat(refused(target).detail()).startsWith("answered 401");
      assertThat(requests()).isEqualTo(before + 1);
      assertThat(refused(target).detail()).startsWith("answered 401");
      assertThat(requests()).isEqualTo(before + 2);
    }
  }

  @Test
  void aWrongSecretIsTheTokenServersRefusalAndNeverPrinted() throws Exception {
    OAuth2 settings = OAuth2.of(server.http("/token"), "basic", "hunter2");
    ConnectFailure failure = refused(target(settings));
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.LOCAL_ERROR);
    assertThat(failure.detail())
        .isEqualTo(
            "no access token: %s answered 401: invalid_client, client authentication failed"
                .formatted(server.http("/token")));
    assertThat(failure + " " + target(settings)).doesNotContain("hunter2");
  }

  @Test
  void aTokenServerThatIsNotThereOrNotOneOrSilent() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/token");
    assertThat(refused(target(OAuth2.of(nobody, "a", "b"))).detail())
        .startsWith("no access token: " + nobody + " can't be reached: ");
    assertThat(refused(target(OAuth2.of(server.http("/asked"), "a", "b"))).detail())
        .startsWith("no access token: " + server.http("/asked") + " answered 200, no token: ");
    Target patient = target(OAuth2.of(server.http("/never"), "a", "b"));
    Target hasty =
        patient.withTimeouts(
            new Target.Timeouts(SHORT, Duration.ofSeconds(5), Duration.ofSeconds(2)));
    // Whoever needs no token of it is not delayed meanwhile.
    Connection waiting = client.open(hasty, Listener.NONE);
    opened(target(settings()));
    assertThat(waiting.opened().get(5, TimeUnit.SECONDS))
        .isInstanceOf(ConnectFailure.class)
        .extracting(o -> ((ConnectFailure) o).detail())
        .isEqualTo(
            "no access token: %s did not answer within 540 ms".formatted(server.http("/never")));
  }

  @Test
  void aBodyThatTricklesOrFloodsEndsTheFetch() throws Exception {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/flood",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[2 * TokenHttp.MOST_BYTES]);
          exchange.close();
        });
    http.createContext("/trickle", exchange -> exchange.sendResponseHeaders(200, 0));
    http.start();
    try {
      String base = "http://127.0.0.1:" + http.getAddress().getPort();
      Target flood = target(OAuth2.of(URI.create(base + "/flood"), "a", "b"));
      assertThat(refused(flood).detail()).contains("more than 65536 bytes");
      Target trickle =
          target(OAuth2.of(URI.create(base + "/trickle"), "a", "b"))
              .withTimeouts(new Target.Timeouts(SHORT, SHORT, SHORT));
      assertThat(refused(trickle).detail()).contains("did not answer within 540 ms");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void settingsAreComparedAndChecked() {
    assertThat(new ClientCredentials(settings())).isEqualTo(new ClientCredentials(settings()));
    assertThat(new ClientCredentials(settings()))
        .isNotEqualTo(new ClientCredentials(settings().withAudience("x")));
    assertThatThrownBy(() -> OAuth2.of(URI.create("ftp://h/"), "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http:// or https://");
  }

  private static String token(Connection connection) {
    List<Header> headers =
        connection.timeline().events().stream()
            .filter(Event.Upgrading.class::isInstance)
            .map(e -> ((Event.Upgrading) e).headers())
            .reduce((first, last) -> last)
            .orElseThrow();
    return Header.first(headers, "Authorization").orElseThrow().substring("Bearer ".length());
  }

  private static String asked() throws Exception {
    return send(HttpRequest.newBuilder(server.http("/asked")).build());
  }

  private static long requests() throws Exception {
    return Long.parseLong(asked().replaceFirst(".*\"requests\":(\\d+).*", "$1"));
  }

  /** RFC 7009. */
  private static void revoke(String token) throws Exception {
    String form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    String pair = "basic:" + URLEncoder.encode(TokenServer.SECRET, StandardCharsets.UTF_8);
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    send(
        HttpRequest.newBuilder(server.http("/token/revocation"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private static String send(HttpRequest request) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            // The second version would ask for an upgrade.
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
