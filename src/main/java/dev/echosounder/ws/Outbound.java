package dev.echosounder.ws;

import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/** The sending side of an open connection. Thread-safe: the library queues what comes at once. */
record Outbound(Session jakarta, CoreSession core) {
  /** RFC 6455 §5.5: a control frame's payload is 125 bytes at most, of which the code takes 2. */
  private static final int LONGEST_REASON = 123;

  CompletableFuture<Void> text(String text) {
    // At most three bytes of UTF-8 a char: only a text that may be too long is worth encoding here.
    if (text.length() > core.getMaxFrameSize() / 3) {
      int size = Bytes.utf8(text).size();
      if (size > core.getMaxFrameSize()) {
        return tooLarge(size);
      }
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    jakarta.getAsyncRemote().sendText(text, result -> complete(sent, result.getException()));
    return sent;
  }

  CompletableFuture<Void> binary(Bytes bytes) {
    if (bytes.size() > core.getMaxFrameSize()) {
      return tooLarge(bytes.size());
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    jakarta
        .getAsyncRemote()
        .sendBinary(bytes.toBuffer(), result -> complete(sent, result.getException()));
    return sent;
  }

  CompletableFuture<Void> fragments(Opcode opcode, List<Bytes> fragments) {
    CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    for (int i = 0; i < fragments.size(); i++) {
      Opcode frameOpcode = i == 0 ? opcode : Opcode.CONTINUATION;
      boolean fin = i == fragments.size() - 1;
      sent = CompletableFuture.allOf(sent, fragment(frameOpcode, fin, fragments.get(i)));
    }
    return sent;
  }

  CompletableFuture<Void> stream(Opcode opcode, Iterator<Bytes> fragments) {
    return new FragmentPump(core, opcode, fragments).start();
  }

  /** By the core session: the Jakarta API cannot cut a text within a character. */
  private CompletableFuture<Void> fragment(Opcode opcode, boolean fin, Bytes payload) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    core.sendFrame(
        new org.eclipse.jetty.websocket.core.Frame((byte) opcode.code(), fin, payload.toBuffer()),
        Callback.from(() -> sent.complete(null), sent::completeExceptionally),
        false);
    return sent;
  }

  CompletableFuture<Void> control(Opcode opcode, Bytes data) {
    try {
      if (opcode == Opcode.PING) {
        jakarta.getAsyncRemote().sendPing(data.toBuffer());
      } else {
        jakarta.getAsyncRemote().sendPong(data.toBuffer());
      }
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  void fin() {
    ((WebSocketCoreSession) core).getConnection().getEndPoint().shutdownOutput();
  }

  /**
   * On the end point: even an internal extension could not send what is no frame. Not as a write of
   * its own, of which the end point takes one at a time: the library's next would fail.
   *
   * @return whether all is with the kernel; the buffer then is empty
   */
  boolean raw(ByteBuffer bytes) throws IOException {
    return ((WebSocketCoreSession) core).getConnection().getEndPoint().flush(bytes);
  }

  /**
   * The library cuts TCP at once after sending an error code. It is told that this is a normal
   * closure, so it waits for the peer's answer; {@link WireExtension} puts the real payload in.
   */
  void close() {
    core.close(CloseStatus.NORMAL, null, Callback.NOOP);
  }

  static Bytes closePayload(int code, String reason) {
    Bytes text = Bytes.utf8(reason);
    if (text.size() > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a close reason has at most %d bytes of UTF-8 (RFC 6455 §5.5), got %d"
              .formatted(LONGEST_REASON, text.size()));
    }
    if (code == CloseCode.NO_STATUS) {
      return Bytes.EMPTY;
    }
    byte[] payload = new byte[2 + text.size()];
    ByteBuffer.wrap(payload).putShort((short) code).put(text.toBuffer());
    return Bytes.of(payload);
  }

  private CompletableFuture<Void> tooLarge(int size) {
    return CompletableFuture.failedFuture(
        new IllegalArgumentException(
            "the message has %d bytes, our frame limit is %d: send fragments or raise the limit"
                .formatted(size, core.getMaxFrameSize())));
  }

  private static void complete(CompletableFuture<Void> sent, @Nullable Throwable failure) {
    if (failure == null) {
      sent.complete(null);
    } else {
      sent.completeExceptionally(failure);
    }
  }
}
