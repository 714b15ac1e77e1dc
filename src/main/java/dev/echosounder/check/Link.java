package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import java.util.concurrent.CompletableFuture;

/** What a run needs of a connection: the seam where tests put a scripted one. */
interface Link {
  Timeline timeline();

  CompletableFuture<Void> send(Payload payload);

  CompletableFuture<Void> ping(Bytes data);

  CompletableFuture<Void> pong(Bytes data);

  void close(int code);

  void abort(Ending.Cause cause, String detail);

  static Link of(Connection connection) {
    return new Link() {
      @Override
      public Timeline timeline() {
        return connection.timeline();
      }

      @Override
      public CompletableFuture<Void> send(Payload payload) {
        return payload.opcode() == Opcode.TEXT
            ? connection.sendText(payload.bytes().asUtf8())
            : connection.sendBinary(payload.bytes());
      }

      @Override
      public CompletableFuture<Void> ping(Bytes data) {
        return connection.ping(data);
      }

      @Override
      public CompletableFuture<Void> pong(Bytes data) {
        return connection.pong(data);
      }

      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // the ending arrives as an event
      public void close(int code) {
        connection.close(code, "");
      }

      @Override
      public void abort(Ending.Cause cause, String detail) {
        connection.abort(cause, detail);
      }
    };
  }
}
