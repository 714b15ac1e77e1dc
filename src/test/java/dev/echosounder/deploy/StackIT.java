package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The services of the Compose file, with its very configuration files: from the peer's misbehaviour
 * to Prometheus' rules and Alertmanager, and away again without a trace.
 */
@Tag("surroundings")
final class StackIT {
  /** Prometheus scrapes every 15 s, the slowest job every minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final List<String> PORTS =
      List.of("PEER_PORT", "ECHOSOUNDER_PORT", "PROMETHEUS_PORT", "ALERTMANAGER_PORT");

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private static void need(String program) {
    if (Stream.of("/usr/bin", "/usr/local/bin")
        .noneMatch(p -> Files.isExecutable(Path.of(p, program)))) {
      String why = program + " is not installed";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(why);
      }
      throw new TestAbortedException(why);
    }
  }

  private static Map<String, String> freePorts() throws IOException {
    Map<String, String> ports = new TreeMap<>();
    for (String name : PORTS) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports.put(name, Integer.toString(socket.getLocalPort()));
      }
    }
    return ports;
  }

  private JsonNode prometheus(Map<String, String> ports, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + ports.get("PROMETHEUS_PORT") + "/api/v1/" + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(body).path("data");
  }

  private boolean holds(Map<String, String> ports, String query) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return !prometheus(ports, "query?query=" + encoded).path("result").isEmpty();
  }

  /** Asks again every half second until it is so. */
  private static void await(Shell stack, String what, Callable<Boolean> condition)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("%s; %s", what, stack.output()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  @Test
  void whatThePeerDoesReachesTheRulesAndNothingStaysBehind() throws Exception {
    need("prometheus");
    need("prometheus-alertmanager");
    Map<String, String> ports = freePorts();
    List<String> command = List.of("deploy/stack/run", "--for", "600");
    List<ProcessHandle> started;
    try (Shell stack = Shell.start(directory.resolve("output"), ports, command)) {
      await(stack, "started", () -> stack.output().contains("Stop it with Ctrl-C."));
      started = stack.descendants();
      assertThat(started).hasSizeGreaterThanOrEqualTo(PORTS.size());
      await(stack, "every target is up", () -> all(ports, "targets", "activeTargets", "up", 4));
      await(stack, "a reset is counted", () -> holds(ports, drops("crashes", "reset")));
      await(stack, "a silence is cut", () -> holds(ports, "echosounder:connection_drops:sum > 0"));
      assertThat(holds(ports, drops("echo", ".+"))).isFalse();
      assertThat(holds(ports, "probe_success{instance=~\"ws://.*/echo\"} == 1")).isTrue();
      assertThat(holds(ports, "echosounder_probe_up{target=\"overloaded\"} == 0")).isTrue();
      assertThat(prometheus(ports, "alertmanagers").path("activeAlertmanagers")).hasSize(1);
      await(stack, "every rule is evaluated", () -> rulesAreFine(ports));
      stack.terminate();
      assertThat(stack.exit(30)).as(stack.output()).isZero();
    }
    assertThat(started).noneMatch(ProcessHandle::isAlive);
  }

  private static String drops(String target, String cause) {
    return "echosounder_connection_ends_total{target=\"%s\",cause=~\"%s\",cause!=\"closed_by_us\"} > 0"
        .formatted(target, cause);
  }

  private boolean all(Map<String, String> ports, String path, String list, String health, int least)
      throws Exception {
    JsonNode items = prometheus(ports, path).path(list);
    return items.size() >= least
        && StreamSupport.stream(items.spliterator(), false)
            .allMatch(item -> item.path("health").asString("").equals(health));
  }

  /** Each has been evaluated, none with an error. */
  private boolean rulesAreFine(Map<String, String> ports) throws Exception {
    int count = 0;
    for (JsonNode group : prometheus(ports, "rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        assertThat(rule.path("lastError").asString("")).as(rule.toString()).isEmpty();
        if (!rule.path("health").asString("").equals("ok")) {
          return false;
        }
        count++;
      }
    }
    assertThat(count).isGreaterThan(20);
    return true;
  }
}
