package dev.echosounder.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A run as a directory of static pages that need no server and no script: {@code index.html}, and
 * for each scenario a page, its timelines as JSON lines and as an HTTP Archive. A scenario's files
 * are written when it ends, so that what is kept in memory does not grow with what it did.
 */
public final class HtmlReport implements RunReport {
  private static final String STYLE = "report.css";

  private final Path directory;
  private final Latencies latencies;
  private final List<IndexPage.Row> rows = new ArrayList<>();

  /**
   * @param directory is made if need be; files of the same names are overwritten
   * @param latencies is told of each scenario before this
   */
  public HtmlReport(Path directory, Latencies latencies) {
    this.directory = directory;
    this.latencies = latencies;
  }

  @Override
  public void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) throws IOException {
    if (rows.isEmpty()) {
      Files.createDirectories(directory);
      style();
    }
    String name = "scenario-%03d".formatted(rows.size() + 1);
    write(
        name + ".html",
        page(scenario.name(), redact, html -> ScenarioPage.write(html, scenario, name)));
    write(name + ".jsonl", redact.apply(TimelineJson.lines(scenario.connections())));
    write(name + ".har", redact.apply(Har.text(scenario.connections())));
    rows.add(IndexPage.Row.of(scenario, name + ".html", redact));
  }

  @Override
  public void end() throws IOException {
    if (!rows.isEmpty()) {
      IndexPage index = new IndexPage(rows, latencies);
      write("index.html", page(index.title(), UnaryOperator.identity(), index::write));
    }
  }

  private interface Content {
    void write(Markup html);
  }

  private static String page(String title, UnaryOperator<String> redact, Content content) {
    Markup html = new Markup(redact);
    html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    html.leaf("title", title + " · Echosounder");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.empty("link", "rel", "stylesheet", "href", STYLE);
    html.close().open("body").open("main");
    content.write(html);
    html.close().close().close();
    return "<!doctype html>\n" + html + "\n";
  }

  private void style() throws IOException {
    try (InputStream css = HtmlReport.class.getResourceAsStream(STYLE)) {
      Files.copy(
          Objects.requireNonNull(css),
          directory.resolve(STYLE),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  /** {@code 2026-11-27 19:07:21}. */
  static String at(Instant instant) {
    return instant.toString().substring(0, 19).replace('T', ' ') + " UTC";
  }

  static String units(Duration duration) {
    return Units.text(duration, true);
  }
}
