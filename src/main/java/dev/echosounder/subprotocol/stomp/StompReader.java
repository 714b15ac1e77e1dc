package dev.echosounder.subprotocol.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a server sends into frames. A WebSocket message may hold part of a frame, or several.
 * Not thread-safe.
 */
final class StompReader {
  private static final int MOST_BYTES = 16 << 20;
  private static final Set<String> COMMANDS = Set.of("CONNECTED", "MESSAGE", "RECEIPT", "ERROR");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.?)", Pattern.DOTALL);

  private byte[] pending = new byte[0];

  /**
   * The frames and heart-beats that are whole now.
   *
   * @throws IllegalArgumentException if one breaks STOMP, says how
   */
  List<StompFrame> read(byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(pending.length + more.length);
    all.writeBytes(pending);
    all.writeBytes(more);
    if (all.size() > MOST_BYTES) {
      throw new IllegalArgumentException("a frame of more than " + MOST_BYTES + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(all.toByteArray());
    List<StompFrame> frames = new ArrayList<>();
    Optional<StompFrame> next = next(in);
    while (next.isPresent()) {
      frames.add(next.get());
      next = next(in);
    }
    pending = new byte[in.remaining()];
    in.get(pending);
    return frames;
  }

  private static Optional<StompFrame> next(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return Optional.empty();
    }
    if (in.get(in.position()) == '\n') {
      in.get();
      return Optional.of(StompFrame.HEART_BEAT);
    }
    if (in.get(in.position()) == '\r') {
      return eol(in);
    }
    int headEnd = headEnd(in);
    if (headEnd < 0) {
      return Optional.empty();
    }
    String head = utf8(in.slice(in.position(), headEnd - in.position()));
    List<String> lines = head.lines().toList();
    Map<String, String> headers = headers(lines);
    int bodyEnd = bodyEnd(in, headEnd, headers.get("content-length"));
    if (bodyEnd < 0) {
      return Optional.empty();
    }
    String body = utf8(in.slice(headEnd, bodyEnd - headEnd));
    in.position(bodyEnd + 1);
    return Optional.of(new StompFrame(lines.get(0), headers, body));
  }

  private static Optional<StompFrame> eol(ByteBuffer in) {
    if (in.remaining() < 2) {
      return Optional.empty();
    }
    in.get();
    if (in.get() != '\n') {
      throw new IllegalArgumentException("a carriage return that ends no line");
    }
    return Optional.of(StompFrame.HEART_BEAT);
  }

  /** Where the body begins: after the first empty line; -1 if it has not come. */
  private static int headEnd(ByteBuffer in) {
    int line = in.position();
    for (int i = in.position(); i < in.limit(); i++) {
      byte at = in.get(i);
      if (at == 0) {
        throw new IllegalArgumentException("a frame whose headers do not end");
      }
      if (at == '\n') {
        if (i == line || (i == line + 1 && in.get(line) == '\r')) {
          return i + 1;
        }
        line = i + 1;
      }
    }
    return -1;
  }

  private static Map<String, String> headers(List<String> lines) {
    String command = lines.get(0);
    if (!COMMANDS.contains(command)) {
      throw new IllegalArgumentException(
          "the command \"%s\": a server sends one of %s".formatted(command, COMMANDS));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.isEmpty()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("the header \"" + line + "\" without a colon");
      }
      boolean escapes = StompFrame.escapes(command);
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1);
      headers.putIfAbsent(escapes ? unescaped(name) : name, escapes ? unescaped(value) : value);
    }
    return headers;
  }

  /** Where the NUL is that ends the frame; -1 if it has not come. */
  private static int bodyEnd(ByteBuffer in, int from, @Nullable String length) {
    int end = from;
    if (length != null) {
      if (!length.strip().matches("\\d{1,9}")) {
        throw new IllegalArgumentException("the content-length \"" + length + "\"");
      }
      end = from + Integer.parseInt(length.strip());
      if (end < in.limit() && in.get(end) != 0) {
        throw new IllegalArgumentException("a body longer than its content-length " + length);
      }
      return end < in.limit() ? end : -1;
    }
    while (end < in.limit() && in.get(end) != 0) {
      end++;
    }
    return end < in.limit() ? end : -1;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                switch (escape.group(1)) {
                  case "r" -> "\r";
                  case "n" -> "\n";
                  case "c" -> ":";
                  case "\\" -> "\\\\";
                  default ->
                      throw new IllegalArgumentException(
                          "an undefined escape in the header " + text);
                });
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a frame that is not UTF-8", e);
    }
  }
}
