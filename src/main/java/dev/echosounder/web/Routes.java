package dev.echosounder.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Which path is answered by what. */
final class Routes {
  private static final List<String> READ = List.of("GET", "HEAD");
  private static final List<String> CHANGE = List.of("POST", "PUT");
  private static final Pattern RUN = Pattern.compile("/run/([0-9]{1,18})(\\.har|\\.jsonl|)");
  private static final String TARGET = "/target/";
  private static final Set<String> PATHS =
      Set.of(
          "/",
          "/style.css",
          "/icon.svg",
          "/metrics",
          "/probe",
          "/config",
          "/api/status",
          "/api/history",
          "/-/healthy",
          "/-/ready",
          "/-/reload");

  private final Sources sources;
  private final Probes probes;
  private final Pages pages;
  private final Downloads downloads;
  private final Api api;

  Routes(Web.Settings settings, Sources sources) {
    this.sources = sources;
    this.probes = new Probes(sources, settings.limits());
    this.pages = new Pages(sources, settings.clock());
    this.downloads = new Downloads(sources);
    this.api = new Api(sources, settings.clock());
  }

  void handle(Request request, Response response, Callback callback) {
    CompletableFuture<Reply> reply;
    try {
      reply = reply(request);
    } catch (Query.Bad e) {
      reply = CompletableFuture.completedFuture(Reply.text(400, e.reason()));
    }
    reply.whenComplete(
        (answer, failure) -> {
          if (failure == null) {
            send(answer, request, response, callback);
          } else {
            callback.failed(failure);
          }
        });
  }

  /** On whichever thread finished the probe: what is thrown there, nobody would see. */
  private static void send(Reply answer, Request request, Response response, Callback callback) {
    try {
      answer.send(request, response, callback);
    } catch (RuntimeException e) {
      callback.failed(e);
    }
  }

  private CompletableFuture<Reply> reply(Request request) {
    String path = request.getHttpURI().getDecodedPath();
    if (path == null || !known(path)) {
      return done(Reply.text(404, "there is nothing here"));
    }
    List<String> methods = path.equals("/-/reload") ? CHANGE : READ;
    if (!methods.contains(request.getMethod())) {
      String allow = String.join(", ", methods);
      return done(Reply.text(405, "use " + allow).with("Allow", allow));
    }
    Query query = Query.of(request);
    return path.equals("/probe")
        ? probes.answer(request, query)
        : done(reply(path, request, query));
  }

  private static boolean known(String path) {
    return PATHS.contains(path)
        || RUN.matcher(path).matches()
        || (path.startsWith(TARGET) && path.length() > TARGET.length());
  }

  private Reply reply(String path, Request request, Query query) {
    return switch (path) {
      case "/" -> pages.home(query);
      case "/style.css", "/icon.svg" -> pages.asset(path);
      case "/metrics" -> metrics(request, query);
      case "/config" -> Reply.of(200, Reply.TEXT, sources.configuration());
      case "/api/status" -> api.status();
      case "/api/history" -> api.history(query);
      case "/-/healthy" -> Reply.text(200, "healthy");
      case "/-/ready" ->
          sources
              .notReady()
              .map(reason -> Reply.text(503, "not ready: " + reason))
              .orElseGet(() -> Reply.text(200, "ready"));
      case "/-/reload" -> reload(request);
      default -> page(path, query);
    };
  }

  private Reply page(String path, Query query) {
    Matcher run = RUN.matcher(path);
    if (run.matches()) {
      long id = Long.parseLong(run.group(1));
      return run.group(2).isEmpty() ? pages.run(id) : downloads.run(id, run.group(2));
    }
    return pages.target(path.substring(TARGET.length()), "../", query);
  }

  private Reply metrics(Request request, Query query) {
    Sources.Exposition metrics =
        sources.metrics(
            new Sources.Scrape(
                joined(request, HttpHeader.ACCEPT),
                joined(request, HttpHeader.ACCEPT_ENCODING),
                Set.copyOf(query.all("name[]"))));
    Reply reply =
        new Reply(metrics.status(), Map.of("Content-Type", metrics.contentType()), metrics.body());
    String encoding = metrics.contentEncoding();
    return encoding == null ? reply : reply.with("Content-Encoding", encoding);
  }

  private static @Nullable String joined(Request request, HttpHeader name) {
    List<String> values = request.getHeaders().getValuesList(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  private Reply reload(Request request) {
    // A browser says so when another site's page sends the request: nobody meant that.
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Reply.text(403, "a reload can't be asked for by another site's page");
    }
    List<String> problems = sources.reload();
    return problems.isEmpty()
        ? Reply.text(200, "reloaded")
        : Reply.text(500, "nothing has changed:\n" + String.join("\n", problems));
  }

  private static CompletableFuture<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
