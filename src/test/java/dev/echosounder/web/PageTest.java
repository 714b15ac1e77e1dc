package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.check.Evidence;
import dev.echosounder.check.IdleFinding;
import dev.echosounder.check.Outcome;
import dev.echosounder.check.Stage;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.junit.jupiter.api.Test;

final class PageTest {
  private static final String HOSTILE =
      "</title><script>alert(1)</script>\"'>&amp;<b onload=x>\u202e";

  /** A hundred milliseconds are wanted; a machine may be busy. */
  static final Duration SLOWEST = Duration.ofSeconds(2);

  private final Stub stub = new Stub();
  private final Pages pages = new Pages(stub, Clock.fixed(Samples.NOW, ZoneOffset.UTC));

  private String home(String query) {
    Fields fields = new Fields(true);
    if (!query.isEmpty()) {
      UrlEncoded.decodeTo(query, fields::add, StandardCharsets.UTF_8);
    }
    return text(pages.home(new Query(fields)));
  }

  static String text(Reply reply) {
    return StandardCharsets.UTF_8.decode(reply.body().duplicate()).toString();
  }

  /** Without the tags, blanks folded. */
  static String words(String html) {
    return html.replaceAll("<head>.*?</head>", "")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  private void watch(Status.Target... targets) {
    stub.status = new Status(Samples.NOW.minusSeconds(90), List.of(targets));
  }

  private static Status.Target echo(String name) {
    return Samples.target(name, "ws://h/" + name, Map.of(), Samples.check("echo", "echo", 15));
  }

  /** Names in the order of their rows. */
  private static List<String> targets(String html) {
    return Pattern.compile("<section class=target><h2><a[^>]*>([^<]*)<")
        .matcher(html)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void badMorningIsSeenAtAGlance() {
    stub.status = Samples.morning(stub.history);
    String html = home("");
    assertThat(words(html))
        .contains("2 of 8 checks are failing")
        .contains("5 targets · watching for 25 h 50 min")
        .contains("failing echo every 15 s")
        .contains("http_status at upgrade, 4 s ago , 12 runs in a row · transcript")
        .contains("expected 101, got 502 Bad Gateway from nginx")
        .contains("The server refused the upgrade; see its status and body.")
        .contains("eof at echo, last failure 2 min ago · transcript")
        .contains("2 drops (eof 1, peer_going_away 1), the last by peer_going_away : the server")
        .contains("Back after 310 ms as a rule, 4.00 s at most.")
        .contains("No run yet.");
    assertThat(html)
        .contains("aria-label=\"last 40 runs: 28 passed, 12 failed\"")
        .contains("title=\"14:03:18 failed, 9.70 ms: http_status\"");
    assertThat(targets(html))
        .containsExactly("payments", "chat-eu", "staging", "mqtt-bridge", "ticker");
  }

  @Test
  void whatAPassedRunFoundOutIsShown() {
    watch(echo("a"));
    IdleFinding found =
        new IdleFinding(
            IdleFinding.Nature.SILENCE,
            Duration.ofSeconds(54),
            Duration.ofSeconds(60),
            Ending.Cause.EOF,
            IdleFinding.Effect.KEEPS_ALIVE,
            IdleFinding.Effect.DOES_NOT,
            IdleFinding.Effect.UNKNOWN);
    Timeline timeline = Timelines.of(new Event.Resolving(0, "h"));
    stub.history.add(
        "a",
        "echo",
        Samples.NOW,
        new Outcome.Passed(
            new Evidence(Duration.ofMillis(1), Map.of(), List.of(), timeline, found)));
    String sentence =
        "cut by eof after 60 s of silence (between 54 s and 60 s); pings keep it alive, pongs do"
            + " not keep it alive; suggested heartbeat: a ping every 25 s";
    assertThat(words(home(""))).contains(sentence).contains("Idle limits, cut after a 60.0 s");
    assertThat(words(home("target=a")))
        .contains(sentence)
        .contains("Idle limit cut after 60.0 s of silence; suggested heartbeat: every 25.0 s");
    assertThat(words(text(pages.run(1)))).contains(sentence);
  }

  @Test
  void secretsAreNotShownAnywhere() {
    stub.status = Samples.morning(stub.history);
    List<String> all =
        new ArrayList<>(List.of(home(""), home("target=payments"), home("target=chat-eu")));
    for (long id = 1; id < 200; id++) {
      all.add(text(pages.run(id)));
    }
    assertThat(all)
        .noneMatch(h -> h.contains("s3cret") || h.contains("hunter2") || h.contains("=abc"));
    assertThat(all).anyMatch(h -> h.contains("token=&lt;redacted&gt;"));
  }

  @Test
  void hostileTextStaysText() {
    Timeline timeline =
        Timelines.of(
            new Event.Resolving(0, HOSTILE),
            new Event.Ended(9, new Ending(Ending.Cause.PEER_ERROR, 1011, HOSTILE, true, HOSTILE)));
    Evidence evidence = new Evidence(Duration.ofMillis(1), Map.of(), List.of(), timeline);
    Status.Held held =
        Samples.held(true, Samples.NOW, Samples.drop(HOSTILE, 1000, Samples.NOW, null, 1));
    watch(
        Samples.target(
            HOSTILE,
            "wss://h/" + HOSTILE,
            Map.of(HOSTILE, HOSTILE),
            Samples.check(HOSTILE, HOSTILE, 9, held)));
    stub.history.add(HOSTILE, HOSTILE, Samples.NOW, new Outcome.Skipped(HOSTILE));
    stub.history.add(
        HOSTILE, HOSTILE, Samples.NOW, new Outcome.Failed(Stage.ECHO, HOSTILE, HOSTILE, evidence));
    String encoded = Html.encoded(HOSTILE);
    List<String> all =
        List.of(
            home(""),
            home("q=" + Html.encoded("<b onload=x>")),
            home("q=" + encoded + "&state=failing&live=on"),
            home("target=" + encoded),
            text(pages.target(HOSTILE, "../", new Query(new Fields()))),
            text(pages.run(1)),
            text(pages.run(2)));
    for (String html : all) {
      assertThat(html).doesNotContain("<script", "<b onload", "\u202e");
      assertThat(html.split("<title>", -1)).hasSize(2);
      assertThat(tags(html)).isSubsetOf(KNOWN_TAGS);
      assertThat(html).containsPattern("&lt;(/title|b onload)");
    }
  }

  private static final Set<String> KNOWN_TAGS =
      Set.of(
          "html",
          "head",
          "meta",
          "title",
          "link",
          "body",
          "header",
          "a",
          "img",
          "nav",
          "main",
          "div",
          "h1",
          "h2",
          "h3",
          "p",
          "b",
          "form",
          "input",
          "button",
          "section",
          "article",
          "span",
          "dl",
          "dt",
          "dd",
          "small",
          "strong",
          "i",
          "time",
          "footer",
          "code",
          "details",
          "summary",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "h4",
          "figure",
          "figcaption",
          "svg",
          "line",
          "path",
          "em",
          "rect",
          "circle",
          "text",
          "ul",
          "ol",
          "li");

  private static Set<String> tags(String html) {
    Set<String> tags = new TreeSet<>();
    Matcher tag = Pattern.compile("<([a-zA-Z0-9]+)").matcher(html);
    while (tag.find()) {
      tags.add(tag.group(1));
    }
    return tags;
  }

  @Test
  void pagesNeedNothingFromElsewhereAndNoScript() {
    stub.status = Samples.morning(stub.history);
    for (String html : List.of(home(""), home("target=chat-eu"), text(pages.run(1)))) {
      assertThat(html).doesNotContain("<script", "style=", "http://", "https://", "//cdn");
      assertThat(html).doesNotContainPattern("\\son[a-z]+=");
    }
  }

  @Test
  void emptyStatesSaySo() {
    assertThat(words(home(""))).contains("No checks").contains("Nothing is watched yet.");
    watch(echo("a"));
    assertThat(words(home(""))).contains("Waiting for the first results").contains("No run yet.");
    assertThat(words(home("q=zzz"))).contains("No check matches.");
    watch(Samples.target("bare", "ws://h/", Map.of()));
    assertThat(words(home("target=bare"))).contains("This target has no checks.");
  }

  @Test
  void headlineCountsInPlainEnglish() {
    watch(echo("a"));
    stub.history.add("a", "echo", Samples.NOW, Samples.passed(Duration.ofMillis(1)));
    assertThat(words(home(""))).contains("The check passes").contains("1 target ·");
    watch(echo("a"), echo("b"));
    assertThat(words(home(""))).contains("No check is failing");
    stub.history.add("b", "echo", Samples.NOW, Samples.refused(500, "x"));
    assertThat(words(home(""))).contains("1 of 2 checks is failing");
    stub.history.add("b", "echo", Samples.NOW, Samples.passed(Duration.ofMillis(1)));
    assertThat(words(home(""))).contains("All 2 checks pass").contains("unsteady 1");
  }

  @Test
  void skippedRunSaysNothingAboutTheTarget() {
    watch(echo("a"));
    stub.history.add("a", "echo", Samples.NOW, Samples.refused(500, "x"));
    stub.history.add("a", "echo", Samples.NOW, new Outcome.Skipped("busy"));
    assertThat(words(home(""))).contains("1 of 1 check is failing");
  }

  @Test
  void lostConnectionIsAFailure() {
    Status.Held lost =
        Samples.held(
            false,
            Samples.NOW.minusSeconds(30),
            Samples.drop("eof", 1006, Samples.NOW.minusSeconds(30), null, 1));
    watch(Samples.target("a", "ws://h/", Map.of(), Samples.check("held", "hold", 15, lost)));
    assertThat(words(home("")))
        .contains("1 of 1 check is failing")
        .contains("Not connected for 30 s. 1 drop, the last by eof : cut without a close frame");
  }

  @Test
  void filterAndStateNarrowTheRows() {
    stub.status = Samples.morning(stub.history);
    assertThat(targets(home("state=failing"))).containsExactly("payments");
    assertThat(targets(home("q=TICKER.example"))).containsExactly("ticker");
    assertThat(targets(home("q=team%3Dmessaging"))).containsExactly("chat-eu");
    assertThat(targets(home("state=nonsense"))).contains("chat-eu");
    assertThat(home("live=on")).contains("http-equiv=refresh content=15");
  }

  @Test
  void thousandTargetsStaySmallAndQuick() {
    List<Status.Target> targets = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String name = "a-service-with-a-rather-long-name-in-some-cluster-%04d".formatted(i);
      targets.add(echo(name));
      // The worst page: every bar a link, every detail as long and as full of quotes as it gets.
      Outcome failed = Samples.refused(502, "\"".repeat(900));
      Samples.runs(stub.history, name, "echo", 40, run -> failed);
    }
    watch(targets.toArray(Status.Target[]::new));
    long best = Long.MAX_VALUE;
    String html = "";
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      html = home("page=31");
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(html).contains("Page 31 of 32").contains("cluster-0991");
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
    System.out.printf(
        "status page of 1,000 targets: %,d bytes, %.1f ms%n",
        html.getBytes(StandardCharsets.UTF_8).length, best / 1e6);
    assertThat(Duration.ofNanos(best)).as("far more than it takes").isLessThan(SLOWEST);
    assertThat(home("")).contains("Page 1 of 32").contains("cluster-0000");
    assertThat(home("page=9999")).contains("Page 32 of 32");
  }

  @Test
  void runPageShowsPhasesAndTranscript() {
    stub.history.add("a", "echo", Samples.NOW, Samples.passed(Duration.ofMillis(10)));
    assertThat(words(text(pages.run(1))))
        .contains("passed 14:03:22 UTC, just now · took 10.0 ms · round trip 1.11 ms")
        .contains("Phases dns 900 µs tcp 1.20 ms tls 3.40 ms upgrade 2.20 ms")
        .contains("9.000 ms ← received text 5 B &quot;Hello&quot;");
    for (int i = 0; i < 5; i++) {
      stub.history.add("a", "echo", Samples.NOW, Samples.passed(Duration.ofMillis(10)));
    }
    assertThat(words(text(pages.run(1)))).contains("no longer kept");
    assertThat(pages.run(99).status()).isEqualTo(404);
  }

  @Test
  void everyCauseHasAdvice() {
    assertThat(Outcome.causes()).allMatch(cause -> !Advice.of(cause).isEmpty());
  }
}
