package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** An Alertmanager that groups, inhibits and notifies for as long as a test needs it. */
public final class Alertmanager implements AutoCloseable {
  /** Debian's; everybody else's program has no prefix. */
  private static final List<String> NAMES = List.of("prometheus-alertmanager", "alertmanager");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final String address;

  private Alertmanager(ChildProcess process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it alone, with no peers; or skips the test where it isn't installed. */
  public static Alertmanager startOrSkip(Path config) {
    Path program =
        NAMES.stream()
            .flatMap(name -> Program.find(name).stream())
            .findFirst()
            .orElseGet(() -> Program.findOrSkip(NAMES.get(0)));
    Path home = Scratch.directory("alertmanager");
    String address = Loopback.HOST + ":" + Loopback.freePort();
    List<String> command =
        List.of(
            program.toString(),
            "--config.file=" + config.toAbsolutePath(),
            "--storage.path=" + home.resolve("data"),
            "--web.listen-address=" + address,
            "--cluster.listen-address=");
    ChildProcess process = ChildProcess.start(home.resolve("output.log"), Map.of(), command);
    Alertmanager alertmanager = new Alertmanager(process, address);
    if (process.await(() -> Optional.of(true).filter(x -> alertmanager.ready())).isEmpty()) {
      throw new IllegalStateException("alertmanager ended; it said: " + process.output());
    }
    return alertmanager;
  }

  /** Host and port. */
  public String address() {
    return address;
  }

  private boolean ready() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Every alert that it knows, with its {@code labels} and {@code status}. */
  public JsonNode alerts() {
    return JSON.readTree(get("/api/v2/alerts").body());
  }

  private HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Alertmanager", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
