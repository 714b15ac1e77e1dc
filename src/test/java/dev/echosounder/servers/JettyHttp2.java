package dev.echosounder.servers;

import java.net.URI;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * Jetty's server with WebSocket over HTTP/1.1 and HTTP/2 (RFC 8441). Besides the echo it has {@code
 * /stream}, which echoes piece by piece.
 */
public final class JettyHttp2 implements EchoServer {
  private final ServerConnector connector;
  private final String scheme;

  private JettyHttp2(ServerConnector connector, String scheme) {
    this.connector = connector;
    this.scheme = scheme;
  }

  /** In clear text, HTTP/2 by prior knowledge. */
  public static EchoServer clear() {
    HttpConfiguration config = new HttpConfiguration();
    return start(
        "ws",
        server ->
            new ServerConnector(
                server,
                1,
                1,
                new HttpConnectionFactory(config),
                new HTTP2CServerConnectionFactory(config)));
  }

  /** Over TLS, where ALPN chooses. */
  public static EchoServer tls(SSLContext context) {
    HttpConfiguration config = new HttpConfiguration();
    // Reached by its address, which is no name that SNI could carry.
    config.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(context);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol("http/1.1");
    return start(
        "wss",
        server ->
            new ServerConnector(
                server,
                1,
                1,
                new SslConnectionFactory(ssl, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(config),
                new HttpConnectionFactory(config)));
  }

  private interface Connectors {
    ServerConnector of(Server server);
  }

  private static JettyHttp2 start(String scheme, Connectors connectors) {
    Server server = new Server();
    ServerConnector connector = connectors.of(server);
    connector.setHost(Loopback.HOST);
    server.addConnector(connector);
    server.setHandler(WebSocketUpgradeHandler.from(server, JettyHttp2::endpoints));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
    return new JettyHttp2(connector, scheme);
  }

  private static void endpoints(ServerWebSocketContainer container) {
    container.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
    container.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
    container.addMapping("/echo", choosing((request, response, callback) -> new Echo()));
    container.addMapping("/close", choosing((request, response, callback) -> new Closing()));
    container.addMapping("/stream", (request, response, callback) -> new Stream());
    container.addMapping(
        "/refuse",
        (request, response, callback) -> {
          response.setStatus(403);
          org.eclipse.jetty.io.Content.Sink.write(response, true, "not you", callback);
          return null;
        });
  }

  private static WebSocketCreator choosing(WebSocketCreator creator) {
    return (request, response, callback) -> {
      if (request.getSubProtocols().contains(SUBPROTOCOL)) {
        response.setAcceptedSubProtocol(SUBPROTOCOL);
      }
      return creator.createWebSocket(request, response, callback);
    };
  }

  @Override
  public String name() {
    return "jetty-http2";
  }

  @Override
  public URI uri() {
    return URI.create(scheme + "://" + Loopback.HOST + ":" + connector.getLocalPort() + "/echo");
  }

  @Override
  public void close() {
    try {
      connector.getServer().stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }

  /** Public for Jetty, which calls it by method handles. */
  public static final class Echo extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      getSession().sendText(message, Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      getSession().sendBinary(payload, callback);
    }
  }

  /** Public for Jetty, which calls it by method handles. */
  public static final class Closing extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      getSession().close(CLOSE_CODE, CLOSE_REASON, Callback.NOOP);
    }
  }

  /** Public for Jetty, which calls it by method handles. */
  public static final class Stream extends Session.Listener.Abstract {
    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      session.demand();
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
      Callback sent =
          Callback.from(
              () -> {
                callback.succeed();
                getSession().demand();
              },
              callback::fail);
      getSession().sendPartialBinary(payload, last, sent);
    }
  }
}
