package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An HTTP/1.1 response with a body; header lines are "Name: value". */
record Response(int status, List<String> headers, String body) {
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(301, "Moved Permanently"),
          Map.entry(302, "Found"),
          Map.entry(303, "See Other"),
          Map.entry(307, "Temporary Redirect"),
          Map.entry(308, "Permanent Redirect"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(426, "Upgrade Required"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  static Response text(int status, String body) {
    return new Response(status, List.of("Content-Type: text/plain; charset=utf-8"), body);
  }

  Response with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return new Response(status, more, body);
  }

  byte[] bytes(boolean keepAlive, boolean bodyless) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " ");
    head.append(REASONS.getOrDefault(status, "Status")).append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    boolean none = status == 204 || status == 304;
    if (!none) {
      head.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
      head.append("\r\n");
    }
    head.append(keepAlive ? "" : "Connection: close\r\n").append("\r\n");
    return (head + (none || bodyless ? "" : body)).getBytes(StandardCharsets.UTF_8);
  }
}
