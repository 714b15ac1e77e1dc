package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A Prometheus server that scrapes for as long as a test needs it. */
public final class Prometheus implements AutoCloseable {
  private static final String NAME = "prometheus";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final URI base;

  private Prometheus(ChildProcess process, URI base) {
    this.process = process;
    this.base = base;
  }

  /**
   * Starts it, or skips the test where it isn't installed; in CI the test fails instead.
   *
   * @param config its configuration file
   * @param flags further options, for example {@code --enable-feature=native-histograms}
   */
  public static Prometheus startOrSkip(Path config, String... flags) {
    Path program = Program.findOrSkip(NAME);
    Path home = Scratch.directory(NAME);
    int port = Loopback.freePort();
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.add("--config.file=" + config.toAbsolutePath());
    command.add("--storage.tsdb.path=" + home.resolve("data"));
    command.add("--web.listen-address=" + Loopback.HOST + ":" + port);
    command.addAll(List.of(flags));
    ChildProcess process = ChildProcess.start(home.resolve("output.log"), Map.of(), command);
    Prometheus prometheus =
        new Prometheus(process, URI.create("http://" + Loopback.HOST + ":" + port));
    if (process.await(() -> Optional.of(true).filter(x -> prometheus.ready())).isEmpty()) {
      throw new IllegalStateException("prometheus ended; it said: " + process.output());
    }
    return prometheus;
  }

  private boolean ready() {
    try {
      return send("/-/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The {@code data} of an API call's answer: {@code /api/v1/rules}. */
  public JsonNode api(String pathAndQuery) {
    HttpResponse<String> response = send(pathAndQuery);
    JsonNode answer = JSON.readTree(response.body());
    if (!"success".equals(answer.path("status").asString(""))) {
      throw new IllegalArgumentException(pathAndQuery + ": " + response.body());
    }
    return answer.path("data");
  }

  /** The {@code result} of an instant query. */
  public JsonNode query(String expression) {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return api("/api/v1/query?query=" + encoded).path("result");
  }

  /** The value of an instant query that yields at most one series. */
  public OptionalDouble value(String expression) {
    JsonNode result = query(expression);
    if (result.size() > 1) {
      throw new IllegalArgumentException(expression + " yields " + result);
    }
    return result.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(result.get(0).path("value").get(1).asString()));
  }

  private HttpResponse<String> send(String pathAndQuery) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(pathAndQuery)).timeout(Duration.ofSeconds(20)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Prometheus", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
