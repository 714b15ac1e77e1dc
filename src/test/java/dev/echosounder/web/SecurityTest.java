package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.web.WebSecurity.ClientAuth;
import dev.echosounder.web.WebSecurity.ServerTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

final class SecurityTest {
  private static final String HASH = BCrypt.hashpw("right", BCrypt.gensalt(4));

  @TempDir static Path files;

  private static Certificate server;
  private static Certificate client;
  private static Certificate stranger;

  private final Stub stub = new Stub();

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = Certificate.make(files, "server");
    client = Certificate.make(files, "client");
    stranger = Certificate.make(files, "stranger");
  }

  private Web start(WebSecurity security) {
    return Web.start(Stub.settings().withSecurity(security), stub);
  }

  private static WebSecurity users(Map<String, String> users) {
    return new WebSecurity(null, Map.of(), users);
  }

  private static ServerTls tls(ClientAuth auth) {
    return new ServerTls(
        server.certificate(),
        server.key(),
        auth,
        auth.verifies() ? client.ca() : null,
        List.of("TLSv1.2", "TLSv1.3"),
        List.of(),
        true);
  }

  private static WebSecurity secured(ClientAuth auth) {
    return new WebSecurity(tls(auth), Map.of(), Map.of());
  }

  private static HttpResponse<String> get(HttpClient http, String uri, @Nullable String pair)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20));
    if (pair != null) {
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int status(Web web, @Nullable String pair)
      throws IOException, InterruptedException {
    String uri = "http://127.0.0.1:" + web.port() + "/-/healthy";
    return get(HttpClient.newHttpClient(), uri, pair).statusCode();
  }

  private static HttpClient trusting(Certificate known, @Nullable Certificate own, String... only) {
    SSLFactory.Builder factory =
        SSLFactory.builder().withTrustMaterial(PemUtils.loadTrustMaterial(known.ca()));
    if (own != null) {
      factory.withIdentityMaterial(PemUtils.loadIdentityMaterial(own.clients(), own.clientsKey()));
    }
    SSLContext context = factory.build().getSslContext();
    SSLParameters parameters = new SSLParameters();
    if (only.length > 0) {
      parameters.setProtocols(only);
    }
    return HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
  }

  private static int secureStatus(Web web, HttpClient http)
      throws IOException, InterruptedException {
    return get(http, "https://127.0.0.1:" + web.port() + "/-/healthy", null).statusCode();
  }

  @Test
  void onlyRightCredentialsOpenTheDoor() throws IOException, InterruptedException {
    try (Web web = start(users(Map.of("alice", HASH)))) {
      assertThat(status(web, "alice:right")).isEqualTo(200);
      assertThat(status(web, "alice:right")).as("remembered").isEqualTo(200);
      assertThat(status(web, "alice:wrong")).isEqualTo(401);
      assertThat(status(web, "alice:")).isEqualTo(401);
      assertThat(status(web, "bob:right")).isEqualTo(401);
      assertThat(status(web, "alice")).isEqualTo(401);
      assertThat(status(web, null)).isEqualTo(401);
      assertThat(status(web, "alice:" + "x".repeat(500))).isEqualTo(401);
    }
  }

  @Test
  void refusalAsksForBasicAndIsTheSameForAll() throws IOException, InterruptedException {
    try (Web web = start(users(Map.of("alice", HASH)))) {
      String uri = "http://127.0.0.1:" + web.port() + "/metrics";
      HttpResponse<String> known = get(HttpClient.newHttpClient(), uri, "alice:wrong");
      HttpResponse<String> unknown = get(HttpClient.newHttpClient(), uri, "bob:wrong");
      assertThat(known.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
      assertThat(known.body()).isEqualTo(unknown.body());
      assertThat(Raw.undated(known)).isEqualTo(Raw.undated(unknown));
      assertThat(stub.scraped).isNull();
    }
  }

  @Test
  void malformedAuthorizationIsWrong() {
    Credentials credentials = new Credentials(Map.of("alice", HASH));
    for (String header :
        List.of("", "Basic", "Basic ", "Basic !!!", "Bearer x", "Basic YWxpY2U=")) {
      assertThat(credentials.check(header)).isEqualTo(Credentials.Answer.WRONG);
    }
    String pair =
        Base64.getEncoder().encodeToString("alice:right".getBytes(StandardCharsets.UTF_8));
    assertThat(credentials.check("basic " + pair)).isEqualTo(Credentials.Answer.RIGHT);
  }

  @Test
  void everyFormOfTheHashIsRead() {
    for (String form : List.of("$2a$", "$2b$", "$2y$")) {
      Credentials credentials = new Credentials(Map.of("alice", form + HASH.substring(4)));
      String pair =
          Base64.getEncoder().encodeToString("alice:right".getBytes(StandardCharsets.UTF_8));
      assertThat(credentials.check("Basic " + pair)).as(form).isEqualTo(Credentials.Answer.RIGHT);
    }
  }

  /** Ratios of one run: absolute times mean nothing on a shared machine. */
  @Test
  void rememberedCredentialsAreQuickAndStrangersCostAsMuchAsWrongPasswords() {
    Credentials credentials =
        new Credentials(Map.of("alice", BCrypt.hashpw("right", BCrypt.gensalt(8)), "cheap", HASH));
    long first = nanos(credentials, "alice:right");
    long again = Long.MAX_VALUE;
    long wrong = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      again = Math.min(again, nanos(credentials, "alice:right"));
      wrong = Math.min(wrong, nanos(credentials, "alice:wrong"));
      unknown = Math.min(unknown, nanos(credentials, "bob:right"));
    }
    assertThat(again * 10).isLessThan(first);
    assertThat((double) unknown / wrong).isBetween(0.5, 2.0);
  }

  private static long nanos(Credentials credentials, String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(bytes);
    long start = System.nanoTime();
    credentials.check(header);
    return System.nanoTime() - start;
  }

  @Test
  void headersOfTheFileReplaceOurs() throws IOException, InterruptedException {
    WebSecurity security =
        new WebSecurity(
            null,
            Map.of("x-frame-options", "SAMEORIGIN", "Strict-Transport-Security", "max-age=9"),
            Map.of());
    try (Web web = start(security)) {
      var headers =
          get(HttpClient.newHttpClient(), "http://127.0.0.1:" + web.port() + "/", null).headers();
      assertThat(headers.allValues("X-Frame-Options")).containsExactly("SAMEORIGIN");
      assertThat(headers.firstValue("Strict-Transport-Security")).contains("max-age=9");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void otherUsersAreTakenOverWithoutARestart() throws IOException, InterruptedException {
    try (Web web = start(users(Map.of("alice", HASH)))) {
      assertThat(status(web, "alice:right")).isEqualTo(200);
      web.secure(users(Map.of("bob", HASH)));
      assertThat(status(web, "alice:right")).as("no longer remembered").isEqualTo(401);
      assertThat(status(web, "bob:right")).isEqualTo(200);
      assertThatThrownBy(() -> web.secure(secured(ClientAuth.NONE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes a restart");
    }
  }

  @Test
  void tlsServesThoseWhoTrustIt() throws IOException, InterruptedException {
    try (Web web = start(secured(ClientAuth.NONE))) {
      assertThat(secureStatus(web, trusting(server, null))).isEqualTo(200);
      assertThatThrownBy(() -> secureStatus(web, trusting(stranger, null)))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> status(web, null)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientAuth.class)
  void clientCertificateCountsAsTheModeSays(ClientAuth auth)
      throws IOException, InterruptedException {
    boolean needed = auth == ClientAuth.REQUIRE_ANY || auth == ClientAuth.REQUIRE_AND_VERIFY;
    try (Web web = start(secured(auth))) {
      assertThat(admitted(web, trusting(server, client))).isTrue();
      assertThat(admitted(web, trusting(server, null))).isEqualTo(!needed);
      assertThat(admitted(web, trusting(server, stranger))).isEqualTo(!auth.verifies());
    }
  }

  /** In TLS 1.3 the client learns of its certificate's refusal only when it reads the answer. */
  private static boolean admitted(Web web, HttpClient http) throws InterruptedException {
    try {
      return secureStatus(web, http) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void protocolVersionsAreThoseOfTheFile() throws IOException, InterruptedException {
    try (Web web = start(versions(List.of("TLSv1.3"), List.of()))) {
      assertThat(secureStatus(web, trusting(server, null, "TLSv1.3"))).isEqualTo(200);
      assertThatThrownBy(() -> secureStatus(web, trusting(server, null, "TLSv1.2")))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void cipherSuitesAreThoseOfTheFile() throws IOException, InterruptedException {
    String only = "TLS_CHACHA20_POLY1305_SHA256";
    try (Web web = start(versions(List.of("TLSv1.3"), List.of(only)))) {
      String uri = "https://127.0.0.1:" + web.port() + "/-/healthy";
      HttpResponse<String> response = get(trusting(server, null), uri, null);
      assertThat(response.sslSession().orElseThrow().getCipherSuite()).isEqualTo(only);
    }
  }

  private static WebSecurity versions(List<String> protocols, List<String> ciphers) {
    ServerTls tls =
        new ServerTls(
            server.certificate(), server.key(), ClientAuth.NONE, null, protocols, ciphers, true);
    return new WebSecurity(tls, Map.of(), Map.of());
  }

  @Test
  void renewedCertificateIsTakenOverAndABadOneChangesNothing()
      throws IOException, InterruptedException {
    try (Web web = start(secured(ClientAuth.NONE))) {
      assertThat(secureStatus(web, trusting(server, null))).isEqualTo(200);
      web.secure(new WebSecurity(of(stranger.certificate(), stranger.key()), Map.of(), Map.of()));
      assertThat(secureStatus(web, trusting(stranger, null))).isEqualTo(200);
      WebSecurity bad =
          new WebSecurity(of(server.certificate(), files.resolve("none")), Map.of(), Map.of());
      assertThatThrownBy(() -> web.secure(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("can't be read");
      assertThat(secureStatus(web, trusting(stranger, null))).isEqualTo(200);
    }
  }

  private static ServerTls of(Path certificate, Path key) {
    return new ServerTls(
        certificate, key, ClientAuth.NONE, null, List.of("TLSv1.3"), List.of(), true);
  }

  @Test
  void fileThatIsNoCertificateIsNamed() {
    WebSecurity bad = new WebSecurity(of(server.key(), server.key()), Map.of(), Map.of());
    assertThatThrownBy(() -> start(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(server.key().toString());
  }
}
