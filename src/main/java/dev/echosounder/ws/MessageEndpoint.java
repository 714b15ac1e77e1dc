package dev.echosounder.ws;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The Jakarta endpoint of one connection: sets its message handlers before any frame is read. */
final class MessageEndpoint extends Endpoint {
  private final Connection connection;

  MessageEndpoint(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    MessageHandler.Whole<String> text = this::onText;
    MessageHandler.Whole<ByteBuffer> binary =
        b -> connection.onMessage(new Message.Binary(connection.dataNanos(), whole(b)));
    MessageHandler.Whole<PongMessage> pong =
        p -> connection.onMessage(pong(p.getApplicationData()));
    session.addMessageHandler(String.class, text);
    session.addMessageHandler(ByteBuffer.class, binary);
    session.addMessageHandler(PongMessage.class, pong);
    connection.onOpen(session);
  }

  private void onText(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    connection.onMessage(new Message.Text(connection.dataNanos(), text, bytes));
  }

  private Message.Pong pong(ByteBuffer data) {
    return new Message.Pong(connection.dataNanos(), whole(data));
  }

  private static Bytes whole(ByteBuffer bytes) {
    return Bytes.copyOf(bytes, bytes.remaining());
  }
}
