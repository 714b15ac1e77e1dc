package dev.echosounder.config;

import dev.echosounder.auth.LimitedBody;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Prometheus' {@code http_sd}: any answer but a good list keeps the last good one. */
final class HttpSource implements Source {
  private final Config.Http http;
  private final TargetGroups groups;
  private final HttpClient client;

  /** Its query may hold credentials. */
  private final String where;

  /** Confined to one refresh after the other. */
  private List<ConfiguredTarget> last = List.of();

  HttpSource(Config.Http http, TargetGroups groups, HttpClient client) {
    this.http = http;
    this.groups = groups;
    this.client = client;
    this.where = Credentials.hideInUrls(http.url().toString());
  }

  @Override
  public CompletableFuture<Discovered> refresh() {
    HttpRequest request;
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(http.url()).setHeader("Accept", "application/json");
      http.headers().forEach(h -> builder.setHeader(h.name(), h.value()));
      request = builder.build();
    } catch (IllegalArgumentException e) {
      // The JDK refuses headers such as Host; its message may repeat a value.
      return CompletableFuture.completedFuture(failed("the JDK can't send one of its headers"));
    }
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(request, info -> new LimitedBody(http.maxBytes()));
    // The request's own timeout ends with the headers: a body that trickles would never end.
    return asked
        .copy()
        .orTimeout(http.timeout().toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (response, error) -> {
              asked.cancel(true);
              return response == null ? failed(why(error)) : answered(response);
            });
  }

  private Discovered answered(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return failed("expected status 200, got " + response.statusCode());
    }
    String type = response.headers().firstValue("Content-Type").orElse("none");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return failed("expected the content type application/json, got another");
    }
    Lists.Parsed parsed = Lists.json(response.body(), where);
    List<String> problems = new ArrayList<>(parsed.problems());
    List<ConfiguredTarget> targets =
        problems.isEmpty() ? groups.read(parsed.plain(), where, problems) : null;
    last = targets == null ? last : targets;
    return new Discovered(last, problems);
  }

  private Discovered failed(String why) {
    return new Discovered(last, List.of(where + ": " + why));
  }

  private String why(@Nullable Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof TimeoutException) {
      return "no complete answer within " + Quantities.text(http.timeout());
    }
    if (cause instanceof LimitedBody.TooLarge) {
      return "the answer is larger than %,d bytes".formatted(http.maxBytes());
    }
    String message = cause == null ? null : cause.getMessage();
    return cause instanceof IOException && message != null
        ? "can't be asked: " + message
        : "can't be asked";
  }
}
