package dev.echosounder.ws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to one request for a WebSocket, so far. Written by the I/O thread that
 * reads it; the deadline's thread reads what has come.
 */
final class Answer {
  private final Target target;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private volatile @Nullable Response head;

  Answer(Target target) {
    this.target = target;
  }

  void head(Response response) {
    head = response;
  }

  boolean begun() {
    return head != null;
  }

  /** Keeps as much as may be kept; false if there is more, which would be thrown away. */
  boolean body(ByteBuffer content) {
    int room = ConnectFailure.Response.BODY_BYTES - body.size();
    body.writeBytes(Bytes.copyOf(content, room).toArray());
    return content.remaining() <= room;
  }

  /** The failure that it is, or that {@code thrown} is if there is no answer. */
  ConnectFailure refusal(@Nullable Throwable thrown) {
    return Refusal.of(head, Bytes.of(body.toByteArray()), thrown, target);
  }
}
