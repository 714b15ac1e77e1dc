package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's half of the opening handshake (RFC 6455 §4.2). */
record Handshake(String text, @Nullable Deflation deflation) {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** What is wrong with an upgrade request, or null. */
  static @Nullable Response objection(Head head) {
    if (!head.upgrade() || !head.mentions("Connection", "upgrade")) {
      return Response.text(426, "This path wants a WebSocket upgrade.\n")
          .with("Upgrade: websocket")
          .with("Connection: Upgrade");
    }
    if (!head.first("Sec-WebSocket-Version").equals("13")) {
      return Response.text(426, "Sec-WebSocket-Version must be 13.\n")
          .with("Sec-WebSocket-Version: 13");
    }
    if (head.first("Sec-WebSocket-Key").isEmpty()) {
      return Response.text(400, "Sec-WebSocket-Key is missing.\n");
    }
    return null;
  }

  static Handshake of(Call call, Reaction.Flaw flaw) {
    Head head = call.head();
    List<String> lines = new ArrayList<>();
    lines.add("HTTP/1.1 101 Switching Protocols");
    if (flaw != Reaction.Flaw.NO_UPGRADE_HEADER) {
      lines.add("Upgrade: websocket");
    }
    lines.add("Connection: Upgrade");
    String key = head.first("Sec-WebSocket-Key");
    lines.add("Sec-WebSocket-Accept: " + accept(flaw == Reaction.Flaw.WRONG_ACCEPT ? "" : key));
    subprotocol(call).ifPresent(name -> lines.add("Sec-WebSocket-Protocol: " + name));
    Optional<Deflation> deflation = Optional.empty();
    if (call.get(Parameters.DEFLATE)) {
      deflation = Deflation.accept(head.list("Sec-WebSocket-Extensions"));
    }
    deflation.ifPresent(d -> lines.add("Sec-WebSocket-Extensions: " + d.header()));
    return new Handshake(String.join("\r\n", lines) + "\r\n\r\n", deflation.orElse(null));
  }

  private static Optional<String> subprotocol(Call call) {
    Optional<String> blind = call.find(Parameters.BLIND);
    if (blind.isPresent()) {
      return blind;
    }
    List<String> known = call.find(Parameters.SUBPROTOCOL).orElse(List.of());
    return call.head().list("Sec-WebSocket-Protocol").stream().filter(known::contains).findFirst();
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
