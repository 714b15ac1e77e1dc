package dev.echosounder.subprotocol.stomp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One frame of STOMP 1.2.
 *
 * @param command {@code SEND}, {@code MESSAGE}…; empty for a heart-beat, which is no frame
 * @param headers in order; of one that is repeated the first (§Repeated Header Entries)
 */
record StompFrame(String command, Map<String, String> headers, String body) {
  /** An end of line between frames: whoever sends it is alive. */
  static final StompFrame HEART_BEAT = new StompFrame("", Map.of(), "");

  StompFrame {
    headers = new LinkedHashMap<>(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean is(String wanted) {
    return command.equals(wanted);
  }

  /** As it goes over the wire, with its {@code content-length} if there is a body. */
  String wire() {
    StringBuilder text = new StringBuilder(command).append('\n');
    boolean escapes = escapes(command);
    headers.forEach(
        (name, value) -> {
          text.append(escapes ? escaped(name) : name).append(':');
          text.append(escapes ? escaped(value) : value).append('\n');
        });
    if (!body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      text.append("content-length:").append(length).append('\n');
    }
    return text.append('\n').append(body).append('\0').toString();
  }

  /** CONNECT and CONNECTED escape nothing, to remain compatible with 1.0 (§Value Encoding). */
  static boolean escapes(String command) {
    return !command.equals("CONNECT") && !command.equals("CONNECTED");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace(":", "\\c");
  }

  @Override
  public String toString() {
    if (command.isEmpty()) {
      return "a heart-beat";
    }
    String all =
        headers.entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining(", ", " {", "}"));
    return command + all + (body.isEmpty() ? "" : " \"" + body + "\"");
  }
}
