package dev.echosounder.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** The pages for people: HTML without scripts. */
final class Pages {
  private static final String STYLE = read("style.css");
  private static final String ICON = read("icon.svg");

  /** Of the style sheet: a new build is never shown in an old one's style. */
  static final String VERSION = Integer.toHexString(STYLE.hashCode());

  private final Sources sources;
  private final Clock clock;

  Pages(Sources sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  Reply home(Query query) {
    String target = query.one("target");
    return target == null ? Reply.of(200, Reply.HTML, status(query)) : target(target, "", query);
  }

  private String status(Query query) {
    StatusPage page =
        new StatusPage(
            sources.status(),
            sources.history(),
            new Ages(clock.instant()),
            StatusPage.Choice.of(query));
    return Shell.page(page.title(), "", page.refresh(), sources, page::write);
  }

  Reply target(String name, String root, Query query) {
    Optional<Status.Target> found =
        sources.status().targets().stream().filter(t -> t.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      return Reply.text(404, "no target has this name");
    }
    TargetPage page =
        new TargetPage(
            found.get(),
            sources.history(),
            new Ages(clock.instant()),
            root,
            query.number("page", 1));
    return Reply.of(200, Reply.HTML, Shell.page(name, root, 0, sources, page::write));
  }

  Reply run(long id) {
    Optional<History.Run> run = sources.history().run(id);
    if (run.isEmpty()) {
      return Reply.text(404, "this run is no longer kept");
    }
    RunPage page = new RunPage(run.get(), new Ages(clock.instant()));
    String title = run.get().target() + ", " + run.get().check();
    return Reply.of(200, Reply.HTML, Shell.page(title, "../", 0, sources, page::write));
  }

  Reply asset(String path) {
    boolean style = path.equals("/style.css");
    return Reply.of(200, style ? "text/css; charset=utf-8" : "image/svg+xml", style ? STYLE : ICON)
        .with("Cache-Control", "private, max-age=86400");
  }

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
