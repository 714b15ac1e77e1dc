package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.echosounder.check.FakeTimer;
import dev.echosounder.check.Timer;
import dev.echosounder.daemon.Kinds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that change, break, vanish and heal. */
final class DiscoveryTest {
  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final long DEADLINE_S = 20;

  /** The HTTP client's threads plan refreshes too. */
  private static final class LockedTimer implements Timer {
    private final FakeTimer fake = new FakeTimer();

    @Override
    public synchronized long nanos() {
      return fake.nanos();
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
      Runnable cancel = fake.after(delay, task);
      return () -> {
        synchronized (this) {
          cancel.run();
        }
      };
    }

    synchronized void advance(Duration by) {
      fake.advance(by);
    }

    synchronized int pending() {
      return fake.pending();
    }
  }

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @TempDir private Path directory = Path.of("");
  private final LockedTimer timer = new LockedTimer();
  private final BlockingQueue<Discovered> heard = new LinkedBlockingQueue<>();
  private final AtomicReference<HttpServer> server = new AtomicReference<>();
  private final AtomicReference<Discovery> discovery = new AtomicReference<>();

  @AfterEach
  void stop() {
    Discovery running = discovery.get();
    if (running != null) {
      running.close();
      assertThat(timer.pending()).isZero();
    }
    HttpServer listening = server.get();
    if (listening != null) {
      listening.stop(0);
    }
  }

  private Discovered start(String source) throws InterruptedException {
    String text =
        "defaults: {checks: [{kind: ping}], labels: {env: prod}, deflate: true}\n"
            + "discovery:\n  - name: d\n"
            + source;
    Loaded loaded = ConfigFile.parse(text, Examples.context(directory), Kinds.ALL);
    assertThat(loaded).isInstanceOf(Loaded.Good.class);
    List<Config.Discovery> configured = ((Loaded.Good) loaded).config().discovery();
    discovery.set(Discovery.start(configured, timer, Runnable::run, (name, now) -> heard.add(now)));
    return next();
  }

  private Discovered startFiles(String patterns) throws InterruptedException {
    return start("    file_sd: {files: [" + patterns + "], refresh_interval: 5s}\n");
  }

  private Discovered next() throws InterruptedException {
    Discovered next = heard.poll(DEADLINE_S, TimeUnit.SECONDS);
    assertThat(next).as("a change within %d s", DEADLINE_S).isNotNull();
    return next == null ? Discovered.NOTHING : next;
  }

  /** Writes beside it and renames, as careful writers do: always another file. */
  private void write(String name, String text) throws IOException {
    Path fresh = Files.writeString(directory.resolve(name + ".new"), text);
    Files.move(fresh, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> urls(Discovered discovered) {
    return discovered.targets().stream().map(t -> t.endpoint().uri().toString()).toList();
  }

  @Test
  void readsJsonAndYamlAndLabels() throws Exception {
    write(
        "a.json",
        "[\n\t{\"targets\": [\"h1:80\", \"wss://h2/x\"], \"labels\": {\"team\": \"t\"}}]");
    write(
        "b.yml",
        "- targets: [h3:443]\n  labels: {__scheme__: https, __path__: /s, instance: i, __x: y}\n");
    Discovered now = startFiles("\"*.json\", b.yml, missing.yml, \"none/*.yml\"");
    assertThat(now.problems()).isEmpty();
    assertThat(urls(now)).containsExactly("ws://h1:80/", "wss://h2/x", "wss://h3:443/s");
    assertThat(now.targets())
        .extracting(ConfiguredTarget::name)
        .containsExactly("d/h1:80", "d/wss://h2/x", "d/i");
    assertThat(now.targets().get(0).labels())
        .containsOnly(Map.entry("env", "prod"), Map.entry("team", "t"));
    assertThat(now.targets().get(2).labels()).containsOnly(Map.entry("env", "prod"));
    assertThat(now.targets().get(0).endpoint().deflate().offered()).isTrue();
    assertThat(now.targets().get(0).checks()).hasSize(1);
  }

  @Test
  void followsFilesAndKeepsTheLastGoodList() throws Exception {
    write("a.json", "[{\"targets\": [\"h1\"]}]");
    assertThat(urls(startFiles("\"*.json\""))).containsExactly("ws://h1/");
    timer.advance(REFRESH);
    assertThat(heard).as("nothing changed, nothing heard").isEmpty();
    write("a.json", "[{\"targets\": [\"h2\"]}]");
    timer.advance(REFRESH.minusMillis(1));
    assertThat(heard).isEmpty();
    timer.advance(Duration.ofMillis(1));
    assertThat(urls(next())).containsExactly("ws://h2/");
    write("a.json", "[{\"targets\": [\"h3\"");
    timer.advance(REFRESH);
    Discovered broken = next();
    assertThat(urls(broken)).containsExactly("ws://h2/");
    assertThat(broken.problems())
        .singleElement()
        .asString()
        .contains("a.json:1:", "not valid JSON");
    write("b.json", "[{\"targets\": [\"h4\"]}]");
    write("a.json", "[{\"targets\": [\"h3\"]}]");
    timer.advance(REFRESH);
    assertThat(urls(next())).containsExactly("ws://h3/", "ws://h4/");
    Files.delete(directory.resolve("a.json"));
    timer.advance(REFRESH);
    Discovered gone = next();
    assertThat(urls(gone)).containsExactly("ws://h4/");
    assertThat(gone.problems()).isEmpty();
  }

  @Test
  void whatCannotBeUsedIsLeftOutAndReported() throws Exception {
    write(
        "a.yml",
        """
        - targets: [ok, "ftp://h/", "ws://u:hunter2@h/", "h h", "h:99999"]
          labels: {target: x, a-b: y}
        - targets: ["${env:SHORT}"]
        """);
    Discovered now = startFiles("a.yml");
    assertThat(urls(now)).containsExactly("ws://ok/");
    assertThat(now.problems())
        .hasSize(6)
        .noneMatch(p -> p.contains("hunter2") || p.contains("abc"))
        .anyMatch(p -> p.contains("left out, as the metrics can't have them"));
  }

  @Test
  void whatIsNoListIsReported() throws Exception {
    write("a.yml", "targets: [x]\n");
    write("b.yml", "- targets: x\n");
    write("c.yml", "- {targets: [x], labels: {a: 1}}\n");
    write("d.yml", "- [\n");
    write("e.json", "");
    Discovered now = startFiles("\"?.yml\", e.json");
    assertThat(now.targets()).isEmpty();
    assertThat(now.problems()).hasSize(5);
  }

  private String serve(AtomicReference<Answer> answer) throws IOException {
    HttpServer created =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    created.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Objects.requireNonNull(answer.get()).to(exchange);
          }
        });
    created.start();
    server.set(created);
    return "http://127.0.0.1:" + created.getAddress().getPort() + "/sd?token=hunter2";
  }

  private static Answer json(int status, String text) {
    return exchange -> {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Moves time on once the refresh after the last one heard of is planned. */
  private Discovered afterRefresh() throws InterruptedException {
    awaitPlanned();
    timer.advance(REFRESH);
    return next();
  }

  @Test
  void asksOverHttpAndKeepsTheLastGoodList() throws Exception {
    AtomicReference<String> authorization = new AtomicReference<>("");
    AtomicReference<Answer> answer =
        new AtomicReference<>(
            exchange -> {
              authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
              json(200, "[{\"targets\": [\"h1\"]}]").to(exchange);
            });
    CountDownLatch release = new CountDownLatch(1);
    String url = serve(answer);
    String options = "refresh_interval: 5s, timeout: 500ms, max_size: 1KiB, bearer: t0ken}\n";
    Discovered first = start("    http_sd: {url: \"" + url + "\", " + options);
    assertThat(urls(first)).containsExactly("ws://h1/");
    assertThat(authorization).hasValue("Bearer t0ken");

    answer.set(json(503, ""));
    expectFailure("expected status 200, got 503");
    answer.set(json(200, "[]" + " ".repeat(2000)));
    expectFailure("the answer is larger than 1,024 bytes");
    answer.set(json(200, "{}"));
    expectFailure("expected a list of target groups");
    answer.set(exchange -> exchange.sendResponseHeaders(200, -1));
    expectFailure("expected the content type application/json");
    answer.set(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('[');
          exchange.getResponseBody().flush();
          await(release);
        });
    expectFailure("no complete answer within 500ms");
    release.countDown();

    answer.set(json(200, "[{\"targets\": [\"h2\"]}]"));
    Discovered healed = afterRefresh();
    assertThat(urls(healed)).containsExactly("ws://h2/");
    assertThat(healed.problems()).isEmpty();
    awaitPlanned();
  }

  private void expectFailure(String why) throws InterruptedException {
    Discovered failed = afterRefresh();
    assertThat(urls(failed)).containsExactly("ws://h1/");
    assertThat(failed.problems()).singleElement().asString().contains(why, "/sd?token=<redacted>");
  }

  private void awaitPlanned() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (timer.pending() == 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
