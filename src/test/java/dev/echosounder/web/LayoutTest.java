package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a real browser lays the pages out, and what its keyboard reaches. */
@Tag("surroundings")
final class LayoutTest {
  /** Long words without a place to break, markup, marks that turn the direction of writing. */
  private static final List<String> NAMES =
      List.of(
          "a-service-with-a-name-that-has-grown-over-the-years-in-a-cluster-far-away-".repeat(3),
          "<script>document.title='owned'</script><img src=x onerror=alert(1)>",
          "\u202egnirts\u202c Ünïcödé 名前がとても長いサービス 🛰",
          "x");

  /** Of the element that has the focus; empty if none has. */
  private static final String OUTLINE_OF_FOCUS =
      "document.activeElement === document.body"
          + " ? '' : getComputedStyle(document.activeElement).outlineStyle";

  @TempDir private static Path profile;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Stub world() {
    Stub stub = new Stub();
    List<Status.Target> targets = new ArrayList<>();
    for (String name : NAMES) {
      Outcome failed = Samples.refused(502, "x".repeat(300) + name);
      Samples.runs(
          stub.history,
          name,
          name,
          90,
          i -> i % 3 == 0 ? failed : Samples.passed(Duration.ofMillis(1 + i * i)));
      Status.Held held =
          Samples.held(
              true,
              Samples.NOW,
              Samples.drop("peer_going_away", 1001, Samples.NOW, Duration.ofMillis(12), 1));
      targets.add(
          Samples.target(
              name,
              "wss://" + "long-host.".repeat(20) + "example.com/" + name,
              Map.of(name, name, "team", "messaging"),
              Samples.check(name, name, 15),
              Samples.check("held", "hold", 15, held)));
    }
    targets.add(Samples.target("bare", "ws://h/", Map.of()));
    stub.status = new Status(Samples.NOW.minusSeconds(90), targets);
    return stub;
  }

  private static List<String> paths(Stub stub) {
    List<String> paths = new ArrayList<>(List.of("", "?q=nothing", "?target=bare"));
    NAMES.forEach(name -> paths.add("?target=" + Html.encoded(name)));
    for (History.Result result : stub.history.kept(NAMES.get(0), NAMES.get(0)).recent()) {
      if (stub.history
          .run(result.id())
          .flatMap(r -> Optional.ofNullable(r.timeline()))
          .isPresent()) {
        paths.add("run/" + result.id());
      }
    }
    return paths.subList(0, Math.min(paths.size(), 10));
  }

  @Test
  void nothingIsWiderThanTheWindowAndNoMarkupIsRun() throws IOException, InterruptedException {
    Stub stub = world();
    try (Web web = Web.start(Stub.settings(), stub)) {
      for (String path : paths(stub)) {
        browser.open("http://127.0.0.1:" + web.port() + "/" + path, 320, 800, false);
        for (int width : List.of(320, 375, 768, 1440)) {
          browser.resize(width, 800);
          int wide = browser.evaluate("document.documentElement.scrollWidth").asInt();
          assertThat(wide)
              .as("%s at %d px: %s", path, width, wide > width ? beyond(width) : "fits")
              .isLessThanOrEqualTo(width);
        }
        assertThat(browser.evaluate("document.title").asString()).endsWith("· Echosounder");
        assertThat(browser.evaluate("document.scripts.length").asInt()).isZero();
      }
    }
  }

  /** What sticks out, for whoever has to mend it. */
  private static String beyond(int width) throws InterruptedException {
    return browser
        .evaluate(
            "[...document.querySelectorAll('*')]"
                + (".filter(e => e.getBoundingClientRect().right > %d)"
                        + ".map(e => e.tagName + '.' + e.getAttribute('class')).join(' ')")
                    .formatted(width))
        .asString();
  }

  @Test
  void keyboardReachesLinksWithAVisibleFocus() throws IOException, InterruptedException {
    Stub stub = new Stub();
    stub.status = Samples.morning(stub.history);
    long run = Objects.requireNonNull(stub.history.kept("payments", "echo").lastFailure()).id();
    try (Web web = Web.start(Stub.settings(), stub)) {
      for (String path : List.of("", "?target=payments", "run/" + run)) {
        browser.open("http://127.0.0.1:" + web.port() + "/" + path, 1440, 900, true);
        int reached = 0;
        for (; reached < 200; reached++) {
          browser.press("Tab", 9);
          String outline = browser.evaluate(OUTLINE_OF_FOCUS).asString();
          if (outline.isEmpty()) {
            break;
          }
          assertThat(outline).as("focus %d of %s", reached, path).isEqualTo("solid");
        }
        assertThat(reached).as("stops of the tab key in %s", path).isBetween(4, 120);
      }
    }
  }
}
