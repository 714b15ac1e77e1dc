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

  /** The fault in an answer that opens, if it has one (RFC 6455 §4.1, the client's last list). */
  static Optional<ConnectFailure> faultOf(Response response, HttpFields request, Target target) {
    ConnectFailure.Response seen = copy(response, Bytes.EMPTY);
    Optional<String> fault =
        target.http() == HttpVersion.HTTP_1_1 ? upgradeFault(response, request) : Optional.empty();
    return fault
        .or(() -> target.deflate().faultOf(extensions(response)))
        .map(text -> new ConnectFailure(Cause.NOT_WEBSOCKET, text, seen))
        .or(() -> subprotocolFault(seen, target.subprotocols()));
  }

  /** Of a 101 alone: an extended CONNECT has none of these headers (RFC 8441 §5). */
  private static Optional<String> upgradeFault(Response response, HttpFields request) {
    HttpFields headers = response.getHeaders();
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
    return Optional.ofNullable(fault);
  }

  /** The event of an answer that opens. */
  static Event.Upgraded upgraded(Response response, long nanos) {
    HttpFields headers = response.getHeaders();
    return new Event.Upgraded(
        nanos,
        response.getStatus(),
        headers(headers),
        headers.get("Sec-WebSocket-Protocol"),
        extensions(response));
  }

  /** What the server chose, each with its parameters. */
  static List<String> extensions(Response response) {
    return response.getHeaders().getCSV("Sec-WebSocket-Extensions", true);
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

  /** Why it failed. {@code failure} is null if the answer is whole and simply does not open. */
  static ConnectFailure of(
      @Nullable Response response, Bytes body, @Nullable Throwable failure, Target target) {
    int status = response == null ? 0 : response.getStatus();
    if (response == null || status == 0) {
      return unanswered(failure);
    }
    ConnectFailure.Response seen = copy(response, body);
    int opening = target.http().openingStatus();
    if (status != opening) {
      return byStatus(seen, response.getReason(), opening);
    }
    return subprotocolFault(seen, target.subprotocols())
        .orElseGet(
            () ->
                new ConnectFailure(
                    Cause.NOT_WEBSOCKET,
                    failure == null
                        ? "the " + opening + " was not followed"
                        : Failures.text(failure),
                    seen));
  }

  /**
   * Over HTTP/2 the answer can be missing though TCP is well: a stream is reset, or the server does
   * not speak HTTP/2 at all.
   *
   * @param settings whether the server's SETTINGS had arrived, with which it must begin
   */
  static ConnectFailure overHttp2(Throwable failure, boolean settings, Connection connection) {
    if (connection.machine().decided()) {
      String cut = connection.machine().howCut() + " before the CONNECT was answered";
      return new ConnectFailure(Cause.CLOSED_EARLY, cut, null);
    } else if (!settings) {
      return new ConnectFailure(
          Cause.NOT_WEBSOCKET, "the server does not speak HTTP/2: " + Failures.text(failure), null);
    }
    return new ConnectFailure(
        Cause.CLOSED_EARLY, "the CONNECT was not answered: " + Failures.text(failure), null);
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
      ConnectFailure.Response seen, @Nullable String statusText, int opening) {
    String line = seen.status() + (statusText == null ? "" : " " + statusText);
    Optional<String> location = seen.header("Location");
    if (seen.status() / 100 == 3 && location.isPresent()) {
      return new ConnectFailure(Cause.REDIRECT, line + " to " + location.get(), seen);
    } else if (seen.status() / 100 == 2) {
      return new ConnectFailure(
          Cause.NOT_WEBSOCKET, "answered " + line + " as plain HTTP, expected " + opening, seen);
    }
    return new ConnectFailure(
        Cause.HTTP_STATUS, "answered " + line + ", expected " + opening, seen);
  }

  static ConnectFailure.Response copy(Response response, Bytes body) {
    return new ConnectFailure.Response(response.getStatus(), headers(response.getHeaders()), body);
  }

  static List<Header> headers(HttpFields fields) {
    return StreamSupport.stream(fields.spliterator(), false)
        .map(f -> Header.seen(f.getName(), f.getValue()))
        .toList();
  }
}
