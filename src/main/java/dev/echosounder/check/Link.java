package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import java.util.concurrent.CompletableFuture;

/** What checks need of a connection: the seam where tests put a scripted one. */
public interface Link {
  /** What has happened so far. */
  Timeline timeline();

  /** Sends a message; see {@link Connection#sendText}. */
  CompletableFuture<Void> send(Payload payload);

  /** Sends a ping; see {@link Connection#ping}. */
  CompletableFuture<Void> ping(Bytes data);

  /** Sends an unsolicited pong; see {@link Connection#pong}. */
  CompletableFuture<Void> pong(Bytes data);

  /** Starts the closing handshake; see {@link Connection#close}. */
  void close(int code);

  /** Cuts; see {@link Connection#abort}. */
  void abort(Ending.Cause cause, String detail);

  /** The real thing. */
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
