package dev.echosounder.servers;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The echo endpoints, written once for every container of the Jakarta WebSocket server API. */
final class JakartaEcho {
  private JakartaEcho() {}

  static List<ServerEndpointConfig> endpoints() {
    return List.of(endpoint(Echo.class, "/echo"), endpoint(Closing.class, "/close"));
  }

  private static ServerEndpointConfig endpoint(Class<? extends Endpoint> type, String path) {
    return ServerEndpointConfig.Builder.create(type, path)
        .subprotocols(List.of(EchoServer.SUBPROTOCOL))
        .configurator(new Negotiation())
        .build();
  }

  /**
   * The rules of negotiation in full. What it doesn't override would be asked of the first default
   * configurator on the class path, which need not be the one of the container that runs.
   */
  private static final class Negotiation extends ServerEndpointConfig.Configurator {
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
      return requested.stream().filter(supported::contains).findFirst().orElse("");
    }

    @Override
    public List<Extension> getNegotiatedExtensions(
        List<Extension> installed, List<Extension> requested) {
      return requested.stream()
          .filter(r -> installed.stream().anyMatch(i -> i.getName().equals(r.getName())))
          .toList();
    }

    @Override
    public boolean checkOrigin(String origin) {
      return true;
    }

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {}

    @Override
    public <T> T getEndpointInstance(Class<T> type) throws InstantiationException {
      try {
        return type.getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw (InstantiationException) new InstantiationException(type.getName()).initCause(e);
      }
    }
  }

  /** Sends every message back. Public for the containers, which make it by reflection. */
  public static final class Echo extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(
          String.class, text -> run(() -> session.getBasicRemote().sendText(text)));
      session.addMessageHandler(
          ByteBuffer.class, bytes -> run(() -> session.getBasicRemote().sendBinary(bytes)));
    }
  }

  /** Closes upon the first message. Public for the containers, which make it by reflection. */
  public static final class Closing extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      CloseReason bye =
          new CloseReason(
              CloseReason.CloseCodes.getCloseCode(EchoServer.CLOSE_CODE), EchoServer.CLOSE_REASON);
      session.addMessageHandler(String.class, text -> run(() -> session.close(bye)));
      session.addMessageHandler(ByteBuffer.class, bytes -> run(() -> session.close(bye)));
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** Handlers may not throw IOException; the container reports what they throw to onError. */
  private static void run(Sending sending) {
    try {
      sending.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
