package dev.echosounder.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import dev.echosounder.servers.StuckFile;
import dev.echosounder.servers.TokenServer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Opening;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Route;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Tls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which token servers the client's secret is sent to, and by which way. */
final class TokenTrustTest {
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static TokenServer secure;
  private static Client client;

  @BeforeAll
  static void start() {
    certificates = new Certificates(directory);
    client = Client.create();
    secure = TokenServer.startOrSkip(LIFETIME, certificates, Leaf.VALID);
  }

  @AfterAll
  static void stop() {
    client.close();
    if (secure != null) {
      secure.close();
    }
  }

  private static Target target(URI tokenUrl, Tls tls) {
    return Target.of(secure.uri())
        .withTls(tls)
        .withAuthorization(new ClientCredentials(OAuth2.of(tokenUrl, "basic", TokenServer.SECRET)));
  }

  private static Opening open(Target target) throws Exception {
    Connection connection = client.open(target, Listener.NONE);
    Opening opening = connection.opened().get(8, TimeUnit.SECONDS);
    if (opening instanceof Event.Upgraded) {
      connection.close(CloseCode.NORMAL, "").get(5, TimeUnit.SECONDS);
    }
    return opening;
  }

  private static String refused(URI tokenUrl, Tls tls) throws Exception {
    Opening opening = open(target(tokenUrl, tls));
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    ConnectFailure failure = (ConnectFailure) opening;
    assertThat(failure.cause()).isEqualTo(ConnectFailure.Cause.LOCAL_ERROR);
    String url = "no access token: " + tokenUrl + " ";
    assertThat(failure.detail()).startsWith(url);
    return failure.detail().substring(url.length());
  }

  @Test
  void theTargetsCaVouchesForItToo() throws Exception {
    Tls tls = Tls.DEFAULT.withCa(certificates.authority());
    assertThat(open(target(secure.http("/token"), tls))).isInstanceOf(Event.Upgraded.class);
  }

  @Test
  void whomNobodyVouchesForGetsNoSecretEvenIfTheTargetIsNotVerified() throws Exception {
    for (Tls tls : new Tls[] {Tls.DEFAULT, Tls.DEFAULT.withoutVerification()}) {
      assertThat(refused(secure.http("/token"), tls))
          .startsWith("failed TLS: ")
          .contains("unable to find valid certification path")
          .endsWith("; it must be trusted by the JDK or by the target's CA file (ca in tls, --ca)");
    }
  }

  @Test
  void theNameInItsCertificateMustBeItsOwn() throws Exception {
    Tls tls = Tls.DEFAULT.withCa(certificates.authority()).withServerName("example.invalid");
    try (TokenServer other = TokenServer.startOrSkip(LIFETIME, certificates, Leaf.WRONG_HOST)) {
      assertThat(refused(other.http("/token"), tls)).contains("No subject alternative names");
    }
  }

  @Test
  void aCaFileThatIsNotThereIsNamed() throws Exception {
    Path missing = directory.resolve("missing.pem");
    assertThat(refused(secure.http("/token"), Tls.DEFAULT.withCa(missing)))
        .contains("the CA file " + missing + " can't be read");
  }

  @Test
  void aCaFileThatHangsIsNotTakenForTheTokenServersSilence() throws Exception {
    Duration patience = Duration.ofMillis(500);
    try (StuckFile file = StuckFile.in(directory)) {
      Target stuck =
          target(secure.http("/token"), Tls.DEFAULT.withCa(file.path()))
              .withTimeouts(new Target.Timeouts(patience, patience, patience));
      // Of the credentials, too: whoever asks for the same token must not wait in a lock.
      Connection waiting = client.open(stuck, Listener.NONE);
      Connection also = client.open(stuck, Listener.NONE);
      for (Connection one : List.of(waiting, also)) {
        assertThat(one.opened().get(5, TimeUnit.SECONDS))
            .isEqualTo(
                new ConnectFailure(
                    ConnectFailure.Cause.LOCAL_ERROR,
                    "no access token: %s can't be reached: the TLS files were not read within 450 ms"
                        .formatted(secure.http("/token")),
                    null));
      }
    }
  }

  /** The target's proxy may be an outer one, and the token server an inner one. */
  @Test
  void theTargetsProxyIsNotAsked() throws Exception {
    Route nowhere = Route.DIRECT.withProxy(Proxy.of("http://127.0.0.1:1"));
    Tls tls = Tls.DEFAULT.withCa(certificates.authority());
    Opening opening = open(target(secure.http("/token"), tls).withRoute(nowhere));
    // The token is there, or the failure would be local_error.
    assertThat(((ConnectFailure) opening).cause()).isEqualTo(ConnectFailure.Cause.PROXY);
  }

  @Test
  void theJvmsProxyIsAsked() throws Exception {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicReference<URI> asked = new AtomicReference<>();
    proxy.createContext(
        "/",
        exchange -> {
          asked.set(exchange.getRequestURI());
          byte[] body = "no".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    proxy.start();
    URI inner = URI.create("http://tokens.invalid/token");
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", Integer.toString(proxy.getAddress().getPort()));
    try {
      assertThat(refused(inner, Tls.DEFAULT)).startsWith("answered 403");
      assertThat(asked.get()).isEqualTo(inner);
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      proxy.stop(0);
    }
  }
}
