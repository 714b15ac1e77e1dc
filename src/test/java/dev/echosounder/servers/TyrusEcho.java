package dev.echosounder.servers;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus, the reference implementation, on the Grizzly HTTP server. Its own Grizzly container always
 * binds 0.0.0.0; this one differs from it in binding the loopback interface, and in nothing else.
 *
 * <p>Seen of 2.2.0: 404 with an HTML page for an unknown path and for a plain request, 500 for a
 * missing key, 426 with the reason phrase {@code CUSTOM} for version 12; an unknown subprotocol is
 * accepted with no header; permessage-deflate is declined, as its extension is a module of its own;
 * an empty close is answered with 1000 "Normal closure."; TCP is closed right after its own close
 * frame, without waiting for the peer's; unmasked frames are accepted; the limit on messages does
 * not hold for one that comes in a single frame; a half-closed TCP connection stays open,
 * unanswered.
 */
final class TyrusEcho extends TyrusServerContainer {
  /** Held here because java.util.logging holds loggers weakly and would forget the level. */
  private static final Logger LOGGER = Logger.getLogger("org.glassfish");

  private final WebSocketEngine engine = TyrusWebSocketEngine.builder(this).build();
  private final HttpServer http = new HttpServer();
  private final NetworkListener listener = new NetworkListener("loopback", Loopback.HOST, 0);

  private TyrusEcho() {
    super(Set.of());
  }

  static EchoServer start(String name) {
    LOGGER.setLevel(Level.WARNING);
    TyrusEcho container = new TyrusEcho();
    container.setDefaultMaxTextMessageBufferSize(EchoServer.MAX_MESSAGE_BYTES);
    container.setDefaultMaxBinaryMessageBufferSize(EchoServer.MAX_MESSAGE_BYTES);
    try {
      for (ServerEndpointConfig endpoint : JakartaEcho.endpoints()) {
        container.addEndpoint(endpoint);
      }
      container.start("/", 0);
    } catch (IOException | DeploymentException e) {
      throw new IllegalStateException("Tyrus did not start", e);
    }
    return new InProcess(name, container.listener.getPort(), container::stop);
  }

  @Override
  public void start(String rootPath, int port) throws IOException, DeploymentException {
    listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
    listener.registerAddOn(upgrades(rootPath));
    http.addListener(listener);
    http.start();
    super.start(rootPath, listener.getPort());
  }

  /** Tyrus keeps the constructor to itself. */
  private AddOn upgrades(String rootPath) {
    try {
      Constructor<WebSocketAddOn> constructor =
          WebSocketAddOn.class.getDeclaredConstructor(ServerContainer.class, String.class);
      constructor.setAccessible(true);
      return constructor.newInstance(this, rootPath);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("WebSocketAddOn has changed", e);
    }
  }

  @Override
  public void stop() {
    super.stop();
    http.shutdownNow();
  }

  @Override
  public void register(Class<?> endpoint) throws DeploymentException {
    engine.register(endpoint, "/");
  }

  @Override
  public void register(ServerEndpointConfig endpoint) throws DeploymentException {
    engine.register(endpoint, "/");
  }

  @Override
  public WebSocketEngine getWebSocketEngine() {
    return engine;
  }
}
