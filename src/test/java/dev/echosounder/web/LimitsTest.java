package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.web.Sources.ProbeAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
  private static final Web.Limits SMALL =
      new Web.Limits(
          1_024,
          100,
          16,
          6,
          2,
          Duration.ofSeconds(20),
          Duration.ofMillis(700),
          Duration.ofSeconds(20),
          Duration.ofMillis(900));

  private static final byte[] HEALTHY =
      "GET /-/healthy HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Stub stub = new Stub();
  private final Web web = Web.start(Stub.settings().withLimits(SMALL), stub);
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<CompletableFuture<ProbeAnswer>> running = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private void holdProbes() {
    stub.probe =
        request -> {
          CompletableFuture<ProbeAnswer> probe = new CompletableFuture<>();
          running.add(probe);
          return probe;
        };
  }

  private CompletableFuture<ProbeAnswer> started() throws InterruptedException {
    CompletableFuture<ProbeAnswer> probe = running.poll(10, TimeUnit.SECONDS);
    assertThat(probe).as("a probe has started").isNotNull();
    return probe;
  }

  @Test
  void probesBeyondTheLimitAreToldToComeBack() throws Exception {
    holdProbes();
    var one = http.sendAsync(request("/probe?target=1"), HttpResponse.BodyHandlers.ofString());
    CompletableFuture<ProbeAnswer> first = started();
    var two = http.sendAsync(request("/probe?target=2"), HttpResponse.BodyHandlers.ofString());
    CompletableFuture<ProbeAnswer> second = started();
    HttpResponse<String> third = get("/probe?target=3");
    assertThat(third.statusCode()).isEqualTo(503);
    assertThat(third.headers().firstValue("Retry-After")).contains("1");
    assertThat(get("/-/healthy").statusCode()).as("the rest goes on").isEqualTo(200);
    first.complete(new ProbeAnswer.Ran("a 1\n"));
    second.complete(new ProbeAnswer.Ran("b 2\n"));
    assertThat(one.get(10, TimeUnit.SECONDS).body()).isEqualTo("a 1\n");
    assertThat(two.get(10, TimeUnit.SECONDS).body()).isEqualTo("b 2\n");
    stub.probe = request -> CompletableFuture.completedFuture(new ProbeAnswer.Ran("c 3\n"));
    for (int i = 0; i < 10; i++) {
      assertThat(get("/probe?target=4").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void clientThatLeavesGivesItsPlaceBack() throws Exception {
    holdProbes();
    for (int i = 0; i < 5; i++) {
      Raw.leave(web.port(), "/probe?target=x");
      started().complete(new ProbeAnswer.Ran("x".repeat(1 << 20)));
    }
    stub.probe = request -> CompletableFuture.completedFuture(new ProbeAnswer.Ran("ok 1\n"));
    assertThat(get("/probe?target=x").body()).isEqualTo("ok 1\n");
  }

  @Test
  void oversizedRequestsAreRefusedInPlainText() throws IOException {
    HttpResponse<String> uri = Raw.get(web.port(), "/?q=" + "x".repeat(4_000));
    assertThat(uri.statusCode()).isEqualTo(414);
    assertThat(uri.body()).isEqualTo("414 URI Too Long\n");
    HttpResponse<String> head =
        Raw.send(web.port(), "GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(4_000) + "\r\n\r\n");
    assertThat(head.statusCode()).isEqualTo(431);
    assertThat(head.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    HttpResponse<String> body =
        Raw.send(web.port(), "POST /-/reload HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n");
    assertThat(body.statusCode()).isEqualTo(413);
    assertThat(stub.reloads).hasValue(0);
  }

  @Test
  void malformedRequestsEchoNothing() throws IOException {
    for (String request :
        List.of(
            "GET /<script> HTTP/9.9\r\n\r\n",
            "<script>\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET /%2e%2e/%2e%2e/etc HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n<script>\r\n\r\n")) {
      HttpResponse<String> response = Raw.send(web.port(), request);
      assertThat(response.statusCode()).as(request).isBetween(400, 505);
      assertThat(response.body()).as(request).doesNotContain("script", "Jetty", "jetty", "at org.");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void clientThatDribblesIsCut(int answered) throws Exception {
    ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    try (Socket socket = Raw.connect(web.port())) {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < answered; i++) {
        out.write(HEALTHY);
        assertThat(Raw.until(socket.getInputStream(), "healthy\n")).contains("200 OK");
      }
      out.write("GET / HTTP/1.1\r\nHost: h\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      // Never idle for long: only a limit on the whole can end it.
      drip.scheduleAtFixedRate(() -> drop(out), 50, 50, TimeUnit.MILLISECONDS);
      long start = System.nanoTime();
      assertThat(Raw.ends(socket)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    } finally {
      drip.shutdownNow();
    }
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  private static void drop(OutputStream out) {
    try {
      out.write('x');
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e); // The server has cut it: no more drops.
    }
  }

  @Test
  void answeredClientIsLeftInPeaceUntilItRestsTooLong() throws IOException {
    try (Socket socket = Raw.connect(web.port())) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int i = 0; i < 3; i++) {
        out.write(HEALTHY);
        assertThat(Raw.until(in, "healthy\n")).contains("200 OK");
      }
      assertThat(Raw.ends(socket)).isTrue();
    }
  }

  @Test
  void closedConnectionLeavesNoTimer() throws IOException {
    try (Socket socket = Raw.connect(web.port())) {
      socket.getOutputStream().write(HEALTHY);
      Raw.until(socket.getInputStream(), "healthy\n");
      assertThat(web.connections()).isEqualTo(1);
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (web.connections() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(web.connections()).isZero();
  }

  @Test
  void slowAnswerIsNotTakenForASlowQuestion() throws Exception {
    holdProbes();
    var slow = http.sendAsync(request("/probe?target=1"), HttpResponse.BodyHandlers.ofString());
    CompletableFuture<ProbeAnswer> probe = started();
    probe.completeOnTimeout(new ProbeAnswer.Ran("late 1\n"), 1_500, TimeUnit.MILLISECONDS);
    assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("late 1\n");
  }
}
