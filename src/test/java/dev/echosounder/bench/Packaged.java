package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The packaged program, and what its metrics say. */
final class Packaged {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Packaged() {}

  /**
   * The jar that {@code mvn package} made, or that of the environment's {@code ECHOSOUNDER_JAR}.
   */
  static String jar() throws IOException {
    String given = System.getenv("ECHOSOUNDER_JAR");
    if (given != null) {
      return given;
    }
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith("-all.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("build first: mvn package"));
    }
  }

  static String get(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** The sum of a metric's series in a scrape's text. */
  static double sum(String scrape, String metric) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
