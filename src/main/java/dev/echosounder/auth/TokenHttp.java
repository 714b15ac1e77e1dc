package dev.echosounder.auth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Sends requests for tokens on threads of its own: a slow token server delays those who wait for
 * its token and nobody else. Made at first use, and kept: daemons fetch tokens as long as they run.
 * Goes by the JVM's own proxy settings ({@code https.proxyHost}), if there are any.
 */
final class TokenHttp {
  /** Bytes of an answer that are read; a token has a few thousand at most. */
  static final int MOST_BYTES = 64 * 1024;

  /** So many look-ups of names can hang before the next one waits. */
  private static final int MOST_THREADS = 16;

  /** So many sets of trusted certificates are kept in use, each by a client of its own. */
  private static final int MOST_CLIENTS = 16;

  private static final ThreadPoolExecutor THREADS = threads();

  /** For a plain server. */
  private static final HttpClient PLAIN = client().build();

  /** Guarded by itself; least recently used first. A client that goes still ends its requests. */
  private static final Map<SSLContext, HttpClient> CLIENTS = new LinkedHashMap<>(16, 0.75f, true);

  private TokenHttp() {}

  /**
   * Fails with a timeout if the whole answer is not there in time; nothing is then left running.
   */
  static CompletableFuture<HTTPResponse> send(
      HTTPRequest request, Supplier<CompletableFuture<SSLContext>> trust, Duration patience) {
    CompletableFuture<HttpClient> client =
        "https".equalsIgnoreCase(request.getURI().getScheme())
            ? trust.get().thenApply(TokenHttp::trusting)
            : CompletableFuture.completedFuture(PLAIN);
    CompletableFuture<HttpResponse<byte[]>> timed = new CompletableFuture<>();
    var unused =
        client
            .thenCompose(its -> ask(its, request, patience, timed))
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    timed.complete(answer);
                  } else {
                    timed.completeExceptionally(failure);
                  }
                });
    timed.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    return timed.handle(
        (answer, failure) -> {
          if (failure == null) {
            return parsed(answer);
          }
          if (client.isDone()) {
            throw failure instanceof CompletionException its
                ? its
                : new CompletionException(failure);
          }
          String late = "the TLS files were not read within " + patience.toMillis() + " ms";
          throw new CompletionException(new IOException(late, failure));
        });
  }

  /** The request, which is called off when {@code timed} is over. */
  private static CompletableFuture<HttpResponse<byte[]>> ask(
      HttpClient client,
      HTTPRequest request,
      Duration patience,
      CompletableFuture<HttpResponse<byte[]>> timed) {
    if (timed.isDone()) {
      return timed;
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.getURI())
            .timeout(patience)
            .POST(HttpRequest.BodyPublishers.ofString(body(request)));
    for (Map.Entry<String, List<String>> header : request.getHeaderMap().entrySet()) {
      header.getValue().forEach(value -> builder.header(header.getKey(), value));
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(builder.build(), info -> new LimitedBody(MOST_BYTES));
    // The request's own timeout ends when the headers are there: this one covers the body too.
    var unused = timed.whenComplete((done, failure) -> answer.cancel(true));
    return answer;
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .executor(THREADS)
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  private static HttpClient trusting(SSLContext context) {
    synchronized (CLIENTS) {
      HttpClient client = CLIENTS.computeIfAbsent(context, its -> client().sslContext(its).build());
      if (CLIENTS.size() > MOST_CLIENTS) {
        CLIENTS.remove(CLIENTS.keySet().iterator().next());
      }
      return client;
    }
  }

  private static String body(HTTPRequest request) {
    return request.getBody() == null ? "" : request.getBody();
  }

  private static HTTPResponse parsed(HttpResponse<byte[]> answer) {
    HTTPResponse parsed = new HTTPResponse(answer.statusCode());
    try {
      answer
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(v -> parsed.setHeader(name, v)));
      parsed.setBody(new String(answer.body(), StandardCharsets.UTF_8));
      return parsed;
    } catch (RuntimeException e) {
      throw new CompletionException(e);
    }
  }

  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "echosounder-token");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
