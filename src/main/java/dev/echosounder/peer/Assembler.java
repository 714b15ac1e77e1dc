package dev.echosounder.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Puts a connection's data frames together into messages (RFC 6455 §5.4, §8.1; RFC 7692 §6.2). */
final class Assembler {
  sealed interface Result {}

  record Complete(Message message) implements Result {}

  record Violation(int code, String reason) implements Result {}

  record More() implements Result {}

  private static final Result MORE = new More();

  private final @Nullable Deflation deflation;
  private final long limit;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
  private int opcode = Frame.CONTINUATION;
  private boolean compressed;

  Assembler(@Nullable Deflation deflation, long limit) {
    this.deflation = deflation;
    this.limit = limit;
  }

  Result add(Frame frame) throws DataFormatException {
    boolean continues = frame.opcode() == Frame.CONTINUATION;
    boolean started = opcode != Frame.CONTINUATION;
    if (continues != started) {
      return new Violation(
          1002, started ? "data frame inside a fragmented message" : "continuation of nothing");
    }
    if (!continues) {
      opcode = frame.opcode();
      compressed = frame.rsv() == Frame.RSV1;
    }
    if (fragments.size() + (long) frame.payload().length > limit) {
      return tooBig();
    }
    if (!frame.fin()) {
      fragments.writeBytes(frame.payload());
      return MORE;
    }
    return complete(frame.payload());
  }

  private Result complete(byte[] last) throws DataFormatException {
    byte[] payload = last;
    if (fragments.size() > 0) {
      fragments.writeBytes(last);
      payload = fragments.toByteArray();
      fragments.reset();
    }
    boolean text = opcode == Frame.TEXT;
    opcode = Frame.CONTINUATION;
    if (compressed && deflation != null) {
      Optional<byte[]> plain = deflation.expand(payload, limit);
      if (plain.isEmpty()) {
        return tooBig();
      }
      payload = plain.get();
    }
    if (text && !utf8(payload, 0)) {
      return new Violation(1007, "text is not UTF-8");
    }
    return new Complete(new Message(text, payload));
  }

  private Violation tooBig() {
    return new Violation(1009, "message larger than " + limit + " bytes");
  }

  /** RFC 6455 §5.5.1 and §7.4. */
  static boolean validClose(byte[] payload) {
    if (payload.length < 2) {
      return payload.length == 0;
    }
    int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    boolean defined = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
    return (defined || (code >= 3000 && code <= 4999)) && utf8(payload, 2);
  }

  private static boolean utf8(byte[] bytes, int from) {
    try {
      var unused =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
