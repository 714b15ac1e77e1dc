package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /probe} makes of a request, and of an answer that is none. */
final class ProbePathTest {
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

  @Test
  void probeGetsWhatTheRequestSays() throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            to("/probe?target=ws%3A%2F%2Fh%2F%3Fa%3Db&module=echo")
                .header("X-Prometheus-Scrape-Timeout-Seconds", "4.5"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(Reply.METRICS);
    assertThat(response.body()).isEqualTo("probe_success 1\n");
    assertThat(stub.probed)
        .isEqualTo(new Sources.ProbeRequest("ws://h/?a=b", "echo", Duration.ofSeconds(4), false));
    assertThat(get("/probe?target=x&debug=true").headers().firstValue("Content-Type"))
        .contains(Reply.TEXT);
    assertThat(stub.probed)
        .isEqualTo(new Sources.ProbeRequest("x", null, Duration.ofMinutes(2), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/probe|10|parameter \"target\" is missing",
        "/probe?target=|10|parameter \"target\" is missing",
        "/probe?target=a&target=b|10|parameter \"target\" is there more than once",
        "/probe?target=a|soon|is not a number of seconds",
        "/probe?target=a|-1|is not a number of seconds above 0",
        "/probe?target=a|NaN|is not a number of seconds above 0",
        "/probe?target=%ff%zz|10|the query is not well encoded",
        "/?page=0|10|parameter \"page\" is not a number from 1",
        "/api/history?target=a|10|parameter \"check\" is missing",
      })
  void badParameterIsA400ThatSaysWhich(String path, String timeout, String reason)
      throws IOException, InterruptedException {
    String[] parts = path.split("\\?", 2);
    HttpResponse<String> response =
        path.contains("%zz")
            ? Raw.get(web.port(), path)
            : send(
                to(parts[0] + (parts.length == 1 ? "" : "?" + parts[1]))
                    .header("X-Prometheus-Scrape-Timeout-Seconds", timeout));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
    assertThat(stub.probed).isNull();
  }

  @Test
  void shortScrapeTimeoutLeavesHalfOfIt() {
    Duration most = Duration.ofMinutes(2);
    assertThat(Probes.timeout("0.4", most)).isEqualTo(Duration.ofMillis(200));
    assertThat(Probes.timeout("15", most)).isEqualTo(Duration.ofMillis(14_500));
    assertThat(Probes.timeout("900", most)).isEqualTo(most);
    assertThat(Probes.timeout(null, most)).isEqualTo(most);
  }

  @Test
  void unknownModuleIsA400() throws IOException, InterruptedException {
    stub.probe =
        request ->
            CompletableFuture.completedFuture(
                new Sources.ProbeAnswer.Invalid("unknown module \"nope\""));
    HttpResponse<String> response = get("/probe?target=x&module=nope");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("unknown module \"nope\"\n");
  }

  @Test
  void probeThatNeverEndsIsA504AndCancelled() throws IOException, InterruptedException {
    CompletableFuture<Sources.ProbeAnswer> never = new CompletableFuture<>();
    stub.probe = request -> never;
    HttpResponse<String> response =
        send(to("/probe?target=x").header("X-Prometheus-Scrape-Timeout-Seconds", "0.2"));
    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(never).isCompletedExceptionally();
  }

  @Test
  void defectIsA500AndSaysNothingMore() throws IOException, InterruptedException {
    stub.probe =
        request -> {
          throw new IllegalStateException("s3cret");
        };
    HttpResponse<String> response = get("/probe?target=x");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("s3cret");
  }
}
