package dev.echosounder.ws;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;

/** The Jakarta endpoint of one connection: sets its message handlers before any frame is read. */
final class MessageEndpoint extends Endpoint {
  private final Connection connection;

  MessageEndpoint(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    MessageHandler.Whole<String> text = connection::onText;
    MessageHandler.Whole<ByteBuffer> binary = connection::onBinary;
    MessageHandler.Whole<PongMessage> pong = m -> connection.onPong(m.getApplicationData());
    session.addMessageHandler(String.class, text);
    session.addMessageHandler(ByteBuffer.class, binary);
    session.addMessageHandler(PongMessage.class, pong);
    connection.onOpen(session);
  }
}
