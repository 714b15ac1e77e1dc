package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A headless Chromium, driven by its DevTools protocol: one tab. */
public final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int lastId;

  private Browser(Process process, String address) throws InterruptedException {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Ears())
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }

  /**
   * Starts it.
   *
   * @param profile an empty directory for whatever it writes
   */
  public static Browser start(Path profile) throws IOException, InterruptedException {
    Path data = profile.resolve("data");
    Process process =
        new ProcessBuilder(
                chromium().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + data,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("out.txt").toFile())
            .start();
    try {
      return new Browser(process, tab(data.resolve("DevToolsActivePort")));
    } catch (RuntimeException | IOException | InterruptedException e) {
      end(process);
      throw e;
    }
  }

  /** Where it is installed; without it the test is skipped, but not in CI. */
  public static Path chromium() {
    List<Path> known =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name -> Stream.of(System.getenv("PATH").split(":", -1)).map(d -> Path.of(d, name)))
            .filter(Files::isExecutable)
            .toList();
    if (known.isEmpty()) {
      assertThat(System.getenv("CI")).as("CI must have Chromium").isNotEqualTo("true");
    }
    assumeThat(known).as("Chromium is not installed").isNotEmpty();
    return known.get(0);
  }

  /** The address of its one tab. */
  private static String tab(Path portFile) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      List<String> lines = Files.exists(portFile) ? Files.readAllLines(portFile) : List.of();
      if (lines.size() == 2) {
        URI list = URI.create("http://127.0.0.1:" + lines.get(0) + "/json/list");
        try (var in = list.toURL().openStream()) {
          for (JsonNode target : JSON.readTree(in)) {
            if (target.path("type").asString().equals("page")) {
              return target.path("webSocketDebuggerUrl").asString();
            }
          }
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Chromium did not start");
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        heard.add(JSON.readTree(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Sends a command; its result. */
  public JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
    int id = ++lastId;
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.sendText(JSON.writeValueAsString(command), true).join();
    return await(message -> message.path("id").asInt(-1) == id).path("result");
  }

  private JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      JsonNode message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("Chromium answers").isNotNull();
      if (message != null && wanted.test(message)) {
        return message;
      }
    }
  }

  public static ObjectNode with() {
    return JSON.createObjectNode();
  }

  /** Shows a page in a window of this size; returns when it is loaded. */
  public void open(String url, int width, int height, boolean dark) throws InterruptedException {
    call("Page.enable", with());
    resize(width, height);
    ObjectNode media = with();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
    call("Page.navigate", with().put("url", url));
    await(message -> message.path("method").asString().equals("Page.loadEventFired"));
  }

  /** What an expression is in the page; its content security policy binds the page, not us. */
  public JsonNode evaluate(String expression) throws InterruptedException {
    return call("Runtime.evaluate", with().put("expression", expression).put("returnByValue", true))
        .path("result")
        .path("value");
  }

  /** What the window shows now, as PNG. */
  byte[] picture() throws InterruptedException {
    JsonNode shot = call("Page.captureScreenshot", with().put("format", "png"));
    return Base64.getDecoder().decode(shot.path("data").asString());
  }

  /** Changes the size of the window in which the page stays open. */
  void resize(int width, int height) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        with()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 500));
  }

  void press(String key, int code) throws InterruptedException {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          with().put("type", type).put("key", key).put("windowsVirtualKeyCode", code));
    }
  }

  @Override
  public void close() {
    socket.abort();
    end(process);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
