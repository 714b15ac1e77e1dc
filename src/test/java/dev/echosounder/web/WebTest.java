package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WebTest {
  private final Stub stub = new Stub();
  private final Web web = Web.start(Stub.settings(), stub);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path));
  }

  private static HttpRequest.Builder method(HttpRequest.Builder request, String method) {
    return request.method(method, HttpRequest.BodyPublishers.noBody());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/metrics",
        "/config",
        "/api/status",
        "/-/healthy",
        "/style.css",
        "/icon.svg"
      })
  void everyPathAnswersGetAndHeadAlike(String path) throws IOException, InterruptedException {
    HttpResponse<String> got = get(path);
    HttpResponse<String> head = send(method(to(path), "HEAD"));
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isNotEmpty();
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(Raw.undated(head)).isEqualTo(Raw.undated(got));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/metrics/",
        "/-/",
        "/api",
        "/run/",
        "/run/x",
        "/target/",
        "/run/7",
        "/target/x"
      })
  void everythingElseIsAPlain404(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains(Reply.TEXT);
    assertThat(response.body()).doesNotContain(path.length() > 2 ? path : "\0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/|GET, HEAD",
        "DELETE|/metrics|GET, HEAD",
        "POST|/probe|GET, HEAD",
        "TRACE|/-/healthy|GET, HEAD",
        "GET|/-/reload|POST, PUT"
      })
  void wrongMethodIs405WithAllow(String method, String path, String allow)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(method(to(path), method));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains(allow);
    assertThat(stub.reloads).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/nothing", "/-/reload", "/probe"})
  void everyResponseIsProtected(String path) throws IOException, InterruptedException {
    var headers = get(path).headers();
    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "script-src");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("Server")).isEmpty();
  }

  @Test
  void metricsAreNegotiatedByTheSource() throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            to("/metrics?name%5B%5D=up&name%5B%5D=down")
                .header("Accept", "application/openmetrics-text")
                .header("Accept-Encoding", "gzip"));
    assertThat(stub.scraped)
        .isEqualTo(
            new Sources.Scrape("application/openmetrics-text", "gzip", Set.of("up", "down")));
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).isEqualTo("up 1\n# EOF\n");
  }

  @Test
  void largePageIsPackedForThoseWhoTakeIt() throws IOException, InterruptedException {
    stub.status = Samples.morning(stub.history);
    String plain = get("/").body();
    HttpResponse<byte[]> packed =
        http.send(
            to("/").header("Accept-Encoding", "br, gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
    }
    assertThat(send(to("/").header("Accept-Encoding", "gzip;q=0")).headers().map())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void readyFollowsTheDaemonHealthyDoesNot() throws IOException, InterruptedException {
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    stub.notReady = Optional.of("stopping");
    HttpResponse<String> ready = get("/-/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("not ready: stopping\n");
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void reloadByPostAndPutSaysWhatIsWrong() throws IOException, InterruptedException {
    assertThat(send(method(to("/-/reload"), "POST")).statusCode()).isEqualTo(200);
    assertThat(send(method(to("/-/reload"), "PUT")).statusCode()).isEqualTo(200);
    stub.problems = List.of("a.yml:3:1: no", "a.yml:9:1: never");
    HttpResponse<String> response = send(method(to("/-/reload"), "POST"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("nothing has changed:\na.yml:3:1: no\na.yml:9:1: never\n");
    assertThat(stub.reloads).hasValue(3);
  }

  @Test
  void anotherSitesPageCannotReload() throws IOException, InterruptedException {
    var forged = method(to("/-/reload"), "POST").header("Sec-Fetch-Site", "cross-site");
    assertThat(send(forged).statusCode()).isEqualTo(403);
    assertThat(stub.reloads).hasValue(0);
  }

  @Test
  void targetHasTwoAddresses() throws IOException, InterruptedException {
    stub.status = Samples.morning(stub.history);
    HttpResponse<String> nice = get("/target/chat-eu");
    assertThat(nice.statusCode()).isEqualTo(200);
    assertThat(nice.body()).contains("<h1>chat-eu</h1>", "href=\"../style.css");
    assertThat(get("/?target=chat-eu").body()).contains("<h1>chat-eu</h1>", "href=\"style.css");
    assertThat(get("/?target=none").statusCode()).isEqualTo(404);
  }

  @Test
  void everyLinkOfTheStatusPageLeadsSomewhere() throws IOException, InterruptedException {
    stub.status = Samples.morning(stub.history);
    var link = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    for (String page : List.of("/", "/target/payments", "/run/1")) {
      var links = link.matcher(get(page).body());
      URI base = URI.create("http://127.0.0.1:" + web.port() + page);
      while (links.find()) {
        URI uri = base.resolve(links.group(1).replace("&amp;", "&"));
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        assertThat(get(path).statusCode()).as(page + " → " + path).isEqualTo(200);
      }
    }
  }

  @Test
  void apiTellsStatusAndHistory() throws IOException, InterruptedException {
    stub.status = Samples.morning(stub.history);
    JsonNode status = new JsonMapper().readTree(get("/api/status").body());
    JsonNode chat = status.get("targets").get(1);
    assertThat(chat.get("url").asString()).doesNotContain("hunter2");
    assertThat(chat.get("labels").get("team").asString()).isEqualTo("messaging");
    JsonNode echo = chat.get("checks").get(0);
    assertThat(echo.propertyNames())
        .containsExactly(
            "name",
            "kind",
            "interval_seconds",
            "state",
            "p50_seconds",
            "p99_seconds",
            "last",
            "last_failure",
            "certificate_not_after",
            "idle_timeout_seconds");
    assertThat(echo.get("certificate_not_after").asString()).isEqualTo("2026-09-01T00:00:00Z");
    assertThat(echo.get("idle_timeout_seconds").isNull()).isTrue();
    assertThat(echo.get("state").asString()).isEqualTo("unsteady");
    assertThat(echo.get("last_failure").get("cause").asString()).isEqualTo("eof");
    JsonNode connection = chat.get("checks").get(2).get("connection");
    assertThat(connection.get("drops").asInt()).isEqualTo(2);
    assertThat(connection.get("drops_by_cause").get("eof").asInt()).isEqualTo(1);
    assertThat(connection.get("heartbeat_seconds").asDouble()).isEqualTo(0.002);
    JsonNode drop = connection.get("newest_drops").get(1);
    assertThat(drop.get("code").asInt()).isEqualTo(1001);
    assertThat(drop.get("recovery_seconds").asDouble()).isEqualTo(0.31);
    assertThat(drop.get("run").asLong()).isEqualTo(8);
    JsonNode history =
        new JsonMapper().readTree(get("/api/history?target=payments&check=echo").body());
    assertThat(history.get("results")).hasSize(70);
    assertThat(history.get("results").get(69).get("result").asString()).isEqualTo("failed");
    assertThat(history.get("results").get(0).get("phases_seconds").get("tls").asDouble())
        .isBetween(0.001, 0.1);
    assertThat(history.get("results").get(0).get("seconds").asDouble()).isBetween(0.001, 0.1);
    assertThat(get("/api/history?target=payments&check=none").statusCode()).isEqualTo(404);
  }

  @Test
  void closedServerFreesItsPortAndThreads() throws IOException {
    int port = web.port();
    web.close();
    web.close();
    try (Web next = Web.start(Web.Settings.of("127.0.0.1", port), stub)) {
      assertThat(next.port()).isEqualTo(port);
      assertThatThrownBy(() -> Web.start(Web.Settings.of("127.0.0.1", port), stub))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("can't listen on 127.0.0.1:" + port);
    }
  }
}
