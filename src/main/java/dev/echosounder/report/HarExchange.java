package dev.echosounder.report;

import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Timeline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The upgrade request and its answer in an HTTP Archive. */
final class HarExchange {
  /** What came back: status 0 if nothing did. */
  private record Answer(int status, List<Header> headers, String body, String error) {
    static Answer of(Timeline timeline) {
      Answer answer = new Answer(0, List.of(), "", "");
      for (Event event : timeline.events()) {
        if (event instanceof Event.Upgraded upgraded) {
          answer = new Answer(upgraded.status(), upgraded.headers(), "", "");
        } else if (event instanceof Event.Refused refused) {
          answer = of(refused.failure());
        } else if (event instanceof Event.Ended ended && ended.ending().isDrop()) {
          String drop = ended.ending().toString();
          answer = new Answer(answer.status(), answer.headers(), answer.body(), drop);
        }
      }
      return answer;
    }

    private static Answer of(ConnectFailure failure) {
      ConnectFailure.Response response = failure.response();
      return response == null
          ? new Answer(0, List.of(), "", failure.toString())
          : new Answer(
              response.status(), response.headers(), response.body().asUtf8(), failure.toString());
    }

    String header(String name) {
      return Header.first(headers, name).orElse("");
    }
  }

  private HarExchange() {}

  static void request(ObjectNode request, URI target, Timeline timeline) {
    request.put("method", "GET").put("url", Redaction.text(target.toString()));
    request.put("httpVersion", "HTTP/1.1");
    request.putArray("cookies");
    List<Header> headers = new ArrayList<>();
    for (Event event : timeline.events()) {
      if (event instanceof Event.Upgrading upgrading) {
        headers.addAll(upgrading.headers());
      }
    }
    headers(request.putArray("headers"), headers);
    query(request.putArray("queryString"), Redaction.text(target.toString()));
    request.put("headersSize", -1).put("bodySize", 0);
  }

  private static void query(ArrayNode array, String url) {
    int at = url.indexOf('?');
    if (at < 0) {
      return;
    }
    for (String pair : url.substring(at + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      array
          .addObject()
          .put("name", equals < 0 ? pair : pair.substring(0, equals))
          .put("value", equals < 0 ? "" : pair.substring(equals + 1));
    }
  }

  static void response(ObjectNode response, Timeline timeline) {
    Answer answer = Answer.of(timeline);
    response.put("status", answer.status());
    response.put("statusText", answer.status() == 101 ? "Switching Protocols" : "");
    response.put("httpVersion", "HTTP/1.1");
    response.putArray("cookies");
    headers(response.putArray("headers"), answer.headers());
    String type = answer.header("Content-Type");
    response
        .putObject("content")
        .put("size", answer.body().length())
        .put("mimeType", type.isEmpty() ? "x-unknown" : type)
        .put("text", Redaction.text(answer.body()));
    response.put("redirectURL", Redaction.text(answer.header("Location")));
    response.put("headersSize", -1).put("bodySize", -1);
    if (!answer.error().isEmpty()) {
      response.put("_error", Redaction.text(answer.error()));
    }
  }

  private static void headers(ArrayNode array, List<Header> headers) {
    headers.forEach(h -> array.addObject().put("name", h.name()).put("value", Redaction.value(h)));
  }
}
