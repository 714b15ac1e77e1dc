package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several daemons with one configuration share its targets, configured and discovered ones. */
final class ShardIT {
  private static final int SHARDS = 3;

  /** So many that no shard is without any by chance. */
  private static final int TARGETS = 60;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> get(Daemon daemon, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private List<String> targets(Daemon daemon) throws Exception {
    JsonNode status = JsonMapper.shared().readTree(get(daemon, "/api/status").body());
    List<String> names = new ArrayList<>();
    status.path("targets").forEach(target -> names.add(target.path("name").asString()));
    return names;
  }

  private Path config(Peer peer) throws Exception {
    String echo = "  - {name: fixed-%d, url: '%s', checks: [{kind: handshake, interval: 1h}]}\n";
    String fixed =
        IntStream.range(0, TARGETS)
            .mapToObj(i -> echo.formatted(i, peer.uri("/echo")))
            .collect(Collectors.joining());
    String found =
        IntStream.range(0, TARGETS)
            .mapToObj(i -> '"' + peer.uri("/echo?prefix=" + i).toString() + '"')
            .collect(Collectors.joining(","));
    Files.writeString(directory.resolve("found.json"), "[{\"targets\": [" + found + "]}]");
    String discovery =
        """
        discovery:
          - name: files
            file_sd: {files: [found.json], refresh_interval: 1s}
            template:
              checks: [{kind: handshake, interval: 1h}]
        """;
    return Files.writeString(
        directory.resolve("echosounder.yml"), "targets:\n" + fixed + discovery);
  }

  @Test
  void eachTargetIsWatchedByOneOfThem() throws Exception {
    try (Peer peer = Peer.start()) {
      Path config = config(peer);
      Set<String> all = new TreeSet<>();
      int sum = 0;
      for (int i = 0; i < SHARDS; i++) {
        List<String> own = settled(config, new Shard(i, SHARDS));
        assertThat(own).hasSizeLessThan(2 * TARGETS);
        all.addAll(own);
        sum += own.size();
      }
      assertThat(sum).isEqualTo(2 * TARGETS);
      assertThat(all).hasSize(2 * TARGETS);
    }
  }

  /** What the shard watches once the discovery has found what the whole daemon would find. */
  private List<String> settled(Path config, Shard shard) throws Exception {
    try (Daemon daemon = Daemons.start(config, shard)) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      List<String> own = targets(daemon);
      while (own.stream().noneMatch(name -> name.startsWith("files/"))) {
        assertThat(System.nanoTime()).as("nothing discovered: " + own).isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        own = targets(daemon);
      }
      return own;
    }
  }

  @Test
  void aShardWithoutTargetsIsReady() throws Exception {
    try (Peer peer = Peer.start()) {
      String target = "targets:\n  - {name: a, url: '%s', checks: [{kind: handshake}]}\n";
      Path config = directory.resolve("one.yml");
      Files.writeString(config, target.formatted(peer.uri("/echo")));
      int empty = new Shard(0, 2).watches("a") ? 1 : 0;
      try (Daemon daemon = Daemons.start(config, new Shard(empty, 2))) {
        assertThat(targets(daemon)).isEmpty();
        assertThat(get(daemon, "/-/ready").statusCode()).isEqualTo(200);
      }
    }
  }
}
