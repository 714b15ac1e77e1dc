package dev.echosounder.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request passes: limits, security headers, credentials. */
final class Gate extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** The pages have no script, no frame and nothing from elsewhere. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
              + " base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Web.Limits limits;
  private final Patience patience;
  private final Routes routes;
  private final Semaphore requests;

  /** Swapped as one: a request sees the old or the new, never a mix. */
  private volatile Protection protection;

  Gate(Web.Limits limits, Patience patience, WebSecurity security, Routes routes) {
    this.limits = limits;
    this.patience = patience;
    this.routes = routes;
    this.requests = new Semaphore(limits.requests());
    this.protection = Protection.of(security);
  }

  void secure(WebSecurity security) {
    protection = Protection.of(security);
  }

  void decorate(HttpFields.Mutable fields) {
    protection.headers.forEach(fields::put);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    patience.began(request);
    Protection now = protection;
    now.headers.forEach(response.getHeaders()::put);
    if (!requests.tryAcquire()) {
      busy("too many requests at once").send(request, response, callback);
      return true;
    }
    Request.addCompletionListener(request, failure -> requests.release());
    try {
      answer(now, request, response, callback);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
      Reply.text(500, "a fault of our own; see the log").send(request, response, callback);
    }
    return true;
  }

  private void answer(Protection now, Request request, Response response, Callback callback) {
    if (request.getLength() > limits.bodyBytes()) {
      Reply.text(413, "the request's body is too large")
          .with("Connection", "close")
          .send(request, response, callback);
      return;
    }
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    switch (now.credentials.check(authorization)) {
      case RIGHT -> routes.handle(request, response, callback);
      case WRONG ->
          Reply.text(401, "these credentials are missing or wrong")
              .with("WWW-Authenticate", "Basic realm=\"echosounder\", charset=\"UTF-8\"")
              .send(request, response, callback);
      case BUSY -> busy("too many credentials are being checked").send(request, response, callback);
    }
  }

  static Reply busy(String reason) {
    return Reply.text(503, reason + "; try again").with("Retry-After", "1");
  }

  private record Protection(Credentials credentials, Map<String, String> headers) {
    static Protection of(WebSecurity security) {
      Map<String, String> all = new LinkedHashMap<>(HEADERS);
      security
          .headers()
          .forEach(
              (name, value) -> {
                all.keySet().removeIf(name::equalsIgnoreCase);
                all.put(name, value);
              });
      return new Protection(new Credentials(security.users()), Map.copyOf(all));
    }
  }
}
