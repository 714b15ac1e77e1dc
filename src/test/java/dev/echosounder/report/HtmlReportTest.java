package dev.echosounder.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timelines;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HtmlReportTest {
  private static final String HOSTILE =
      "</pre></title><script>alert(1)</script>\"'&amp;\u202e\u0000<svg onload=x>";

  @TempDir private Path directory;

  private void write(ScenarioRecord... scenarios) throws IOException {
    Latencies latencies = new Latencies();
    HtmlReport report = new HtmlReport(directory.resolve("new/report"), latencies);
    for (ScenarioRecord scenario : scenarios) {
      latencies.scenario(scenario, s -> s);
      report.scenario(scenario, s -> s);
    }
    report.end();
  }

  private String text(String name) throws IOException {
    return Files.readString(directory.resolve("new/report").resolve(name));
  }

  /** The pages are well-formed XML as well, which makes them easy to ask. */
  private List<String> all(String page, String path) throws Exception {
    String html = text(page).replaceFirst("<!doctype html>", "");
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add(nodes.item(i).getTextContent());
    }
    return found;
  }

  @Test
  void indexListsFailuresFirstAndLinksToPages() throws Exception {
    write(
        Reports.passed("hello", Reports.connected("I", TranscriptTest.wholeRun())),
        Reports.failed("bye", "expected this\n  seen: that"));
    assertThat(all("index.html", "//h1")).containsExactly("1 of 2 scenarios failed");
    assertThat(all("index.html", "//table[@class='scenarios']/tbody/tr/td/a/@href"))
        .containsExactly("scenario-002.html", "scenario-001.html");
    assertThat(all("index.html", "//p[@class='why']")).containsExactly("expected this");
    assertThat(all("index.html", "//table[@class='latency']/tbody/tr/td[1]"))
        .containsExactly(
            "dns", "tcp", "tls", "upgrade", "first_message", "echo", "round_trip", "close");
    for (String name : List.of("report.css", "scenario-001.jsonl", "scenario-001.har")) {
      assertThat(directory.resolve("new/report").resolve(name)).isNotEmptyFile();
    }
  }

  @Test
  void aWaivedFailureIsNoFailureAndSaysWhy() throws Exception {
    write(
        Reports.passed("hello"),
        Reports.scenario("old", ScenarioRecord.Status.WAIVED, "expected x", List.of()));
    assertThat(all("index.html", "//h1[@class='passed']"))
        .containsExactly("1 scenario passed, 1 waived");
    assertThat(all("index.html", "//td[@class='waived']")).containsExactly("waived");
    assertThat(all("index.html", "//p[@class='why waived']")).containsExactly("known of 3.2");
    assertThat(all("index.html", "//*[@class='failed']")).isEmpty();
    String page = "scenario-002.html";
    assertThat(all(page, "//h1/span[@class='waived']")).containsExactly("waived");
    assertThat(all(page, "//p[@class='why waived']")).containsExactly("Waived: known of 3.2");
    assertThat(all(page, "//pre[@class='error']").get(0)).contains("expected x");
  }

  @Test
  void pictureHasTheStepsThePhasesTheFramesAndTheEnd() throws Exception {
    write(Reports.failed("bye", "no", Reports.connected("alice", TranscriptTest.wholeRun())));
    String page = "scenario-001.html";
    assertThat(all(page, "//*[local-name()='g' and @class='step passed']/*[local-name()='title']"))
        .containsExactly("1. Given I connect: passed in 900 µs");
    assertThat(all(page, "//*[@class='step failed']")).hasSize(1);
    assertThat(all(page, "//*[@class='during']")).hasSize(1);
    assertThat(all(page, "//*[local-name()='g' and starts-with(@class,'phase ')]/@class"))
        .containsExactly(
            "phase dns",
            "phase tcp",
            "phase tls",
            "phase upgrade",
            "phase first_message",
            "phase echo",
            "phase close");
    assertThat(all(page, "//*[local-name()='g' and starts-with(@class,'frame ')]/@class"))
        .containsExactly(
            "frame sent text", "frame received text", "frame sent close", "frame received close");
    assertThat(all(page, "//*[@class='end']/*[local-name()='text']"))
        .containsExactly("closed_by_us 1000");
    assertThat(all(page, "//*[@class='legend']/*")).contains("dns", "text", "close");
    assertThat(all(page, "//pre[not(@class)]").get(0)).contains("→ text, 5 bytes \"Hello\"");
    assertThat(text(page)).doesNotContain("s3cret");
  }

  @Test
  void aDropIsMarkedAsOne() throws Exception {
    write(Reports.passed("x", Reports.connected("I", Reports.echoes(1, "a", 10))));
    assertThat(all("scenario-001.html", "//*[@class='end dropped']/*[local-name()='text']"))
        .containsExactly("eof 1006");
  }

  @Test
  void framesAboveTheLineWereSentThoseBelowReceived() throws Exception {
    write(Reports.passed("x", Reports.connected("I", Reports.echoes(1, "a", 10))));
    String stem = "//*[starts-with(@class,'frame %s')]/*[@class='stem']/@d";
    String up = all("scenario-001.html", stem.formatted("sent")).get(0);
    String down = all("scenario-001.html", stem.formatted("received")).get(0);
    double line = Double.parseDouble(up.replaceFirst("M\\S+ ([0-9.]+)V.*", "$1"));
    assertThat(Double.parseDouble(up.replaceFirst(".*V", ""))).isLessThan(line);
    assertThat(Double.parseDouble(down.replaceFirst(".*V", ""))).isGreaterThan(line);
  }

  @Test
  void longTimelinesAreThinnedAndTheNumberLeftOutIsSaid() throws Exception {
    write(Reports.passed("x", Reports.connected("I", Reports.echoes(3_000, "a", 1_000))));
    List<String> frames = all("scenario-001.html", "//*[starts-with(@class,'frame ')]/@class");
    assertThat(frames).hasSizeBetween(150, 210);
    int drawn =
        (int) frames.stream().filter(c -> c.contains(" sent ") || c.contains(" received ")).count();
    assertThat(all("scenario-001.html", "//*[@class='who']"))
        .anyMatch(t -> t.endsWith(" · " + (6_000 - drawn) + " frames left out"));
    assertThat(all("scenario-001.html", "//pre").get(0)).containsPattern("… \\d+ lines left out …");
  }

  @Test
  void aPageIsBoundedWhateverTheScenarioDid() throws Exception {
    List<ScenarioRecord.Connected> crowd = new ArrayList<>();
    for (int i = 0; i < ScenarioRecord.MOST_CONNECTIONS; i++) {
      crowd.add(
          Reports.connected(
              "client " + i, Reports.echoes(i < 12 ? 300 : 1, "<&\"'>".repeat(25), 1_000)));
    }
    String error = ("x".repeat(10_000) + "\n").repeat(150);
    write(Reports.scenario("big", ScenarioRecord.Status.FAILED, error, crowd));
    assertThat(text("scenario-001.html").length()).isLessThan(3 << 20);
    assertThat(text("index.html").length()).isLessThan(10_000);
    assertThat(text("scenario-001.html"))
        .contains("88 connections more are in the files below only.");
  }

  @Test
  void hostileTextIsTextEverywhere() throws Exception {
    Frame frame = Reports.frame(Opcode.TEXT, HOSTILE);
    Frame close = new Frame(Opcode.CLOSE, true, 0, 30, Bytes.utf8("\u0003\u00e8</svg><script>"));
    write(
        Reports.failed(
            HOSTILE,
            HOSTILE,
            Reports.connected(
                HOSTILE, Timelines.of(new Event.Sent(1, frame), new Event.Received(2, close)))));
    for (String page : List.of("index.html", "scenario-001.html")) {
      assertThat(all(page, "//*[local-name()='script'] | //@onload")).isEmpty();
      assertThat(text(page)).doesNotContain("\u202e", "\u0000", "<script>");
    }
    assertThat(all("scenario-001.html", "//title").get(0)).startsWith("</pre></title><script>");
  }

  @Test
  void nothingIsFetchedAndNothingIsScript() throws Exception {
    write(Reports.passed("x", Reports.connected("I", TranscriptTest.wholeRun())));
    for (String page : List.of("index.html", "scenario-001.html")) {
      assertThat(all(page, "//script | //@style | //style | //img | //@src")).isEmpty();
      assertThat(all(page, "//link/@href")).containsExactly("report.css");
    }
    assertThat(text("report.css")).doesNotContain("url(", "@import");
  }

  @Test
  void noScenarioMeansNoReport() throws IOException {
    write();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
