package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DownloadsTest {
  private static HttpResponse<String> get(Web web, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + web.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aRunsTimelineIsAFile() throws Exception {
    Stub stub = new Stub();
    stub.status = Samples.morning(stub.history);
    long id = Objects.requireNonNull(stub.history.kept("payments", "echo").lastFailure()).id();
    try (Web web = Web.start(Stub.settings(), stub)) {
      HttpResponse<String> har = get(web, "/run/" + id + ".har");
      assertThat(har.statusCode()).isEqualTo(200);
      assertThat(har.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"run-" + id + ".har\"");
      JsonNode entry = new JsonMapper().readTree(har.body()).at("/log/entries/0");
      assertThat(entry.at("/request/url").asString()).startsWith("ws");
      HttpResponse<String> lines = get(web, "/run/" + id + ".jsonl");
      assertThat(lines.body().lines())
          .isNotEmpty()
          .allSatisfy(l -> assertThat(new JsonMapper().readTree(l).has("event")).isTrue());
      assertThat(get(web, "/run/" + id).body()).contains("href=\"" + id + ".har\"");
      assertThat(get(web, "/run/99999.har").statusCode()).isEqualTo(404);
      assertThat(get(web, "/run/1.zip").statusCode()).isEqualTo(404);
    }
  }
}
