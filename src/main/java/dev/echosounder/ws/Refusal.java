package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.websocket.core.util.WebSocketUtils;
import org.jspecify.annotations.Nullable;

/** Says why an upgrade failed, from the HTTP answer and from what was thrown. */
final class Refusal {
  private Refusal() {}

  /** The fault in a 101, if it has one (RFC 6455 §4.1, the client's last list). */
  static Optional<ConnectFailure> faultOf(
      Response response, HttpFields request, List<String> offered) {
    HttpFields headers = response.getHeaders();
    ConnectFailure.Response seen = copy(response, Bytes.EMPTY);
    String accept = headers.get("Sec-WebSocket-Accept");
    String expected = WebSocketUtils.hashKey(request.get("Sec-WebSocket-Key"));
    String fault = null;
    if (!headers.contains("Upgrade", "websocket")) {
      fault = "the 101 has no \"Upgrade: websocket\" header";
    } else if (!headers.contains("Connection", "upgrade")) {
      fault = "the 101 has no \"Connection: Upgrade\" header";
    } else if (!expected.equals(accept)) {
      fault =
          "the 101's Sec-WebSocket-Accept is %s, expected \"%s\""
              .formatted(accept == null ? "missing" : "\"" + accept + "\"", expected);
    }
    return fault == null
        ? subprotocolFault(seen, offered)
        : Optional.of(new ConnectFailure(Cause.NOT_WEBSOCKET, fault, seen));
  }

  private static Optional<ConnectFailure> subprotocolFault(
      ConnectFailure.Response seen, List<String> offered) {
    String chosen = seen.header("Sec-WebSocket-Protocol").orElse(null);
    if (chosen == null || offered.contains(chosen)) {
      return Optional.empty();
    }
    String offer = offered.isEmpty() ? "none" : String.join(", ", offered);
    return Optional.of(
        new ConnectFailure(
            Cause.SUBPROTOCOL, "the server chose \"" + chosen + "\"; offered: " + offer, seen));
  }

  /** Why it failed. {@code failure} is null if the answer is whole and simply is no 101. */
  static ConnectFailure of(
      @Nullable Response response, Bytes body, @Nullable Throwable failure, List<String> offered) {
    int status = response == null ? 0 : response.getStatus();
    if (response == null || status == 0) {
      return unanswered(failure);
    }
    ConnectFailure.Response seen = copy(response, body);
    if (status != 101) {
      return byStatus(seen, response.getReason());
    }
    return subprotocolFault(seen, offered)
        .orElseGet(
            () ->
                new ConnectFailure(
                    Cause.NOT_WEBSOCKET,
                    failure == null ? "the 101 was not followed" : Failures.text(failure),
                    seen));
  }

  /** An answer that is not HTTP has no headers: Jetty makes a 400 of it, which nobody sent. */
  private static ConnectFailure unanswered(@Nullable Throwable failure) {
    if (failure == null) {
      return new ConnectFailure(Cause.CLOSED_EARLY, "no answer", null);
    }
    return Failures.cause(failure)
        .map(cause -> new ConnectFailure(cause, describe(cause, failure), null))
        .orElseGet(() -> new ConnectFailure(Cause.LOCAL_ERROR, Failures.text(failure), null));
  }

  private static String describe(Cause cause, Throwable failure) {
    String text = Failures.text(failure);
    return cause == Cause.NOT_WEBSOCKET ? "the answer is not HTTP: " + text : text;
  }

  private static ConnectFailure byStatus(
      ConnectFailure.Response seen, @Nullable String statusText) {
    String line = seen.status() + (statusText == null ? "" : " " + statusText);
    Optional<String> location = seen.header("Location");
    if (seen.status() / 100 == 3 && location.isPresent()) {
      return new ConnectFailure(Cause.REDIRECT, line + " to " + location.get(), seen);
    } else if (seen.status() / 100 == 2) {
      return new ConnectFailure(
          Cause.NOT_WEBSOCKET, "answered " + line + " as plain HTTP, expected 101", seen);
    }
    return new ConnectFailure(Cause.HTTP_STATUS, "answered " + line + ", expected 101", seen);
  }

  static ConnectFailure.Response copy(Response response, Bytes body) {
    return new ConnectFailure.Response(response.getStatus(), headers(response.getHeaders()), body);
  }

  static List<Header> headers(HttpFields fields) {
    return StreamSupport.stream(fields.spliterator(), false)
        .map(f -> new Header(f.getName(), f.getValue() == null ? "" : f.getValue()))
        .toList();
  }
}
