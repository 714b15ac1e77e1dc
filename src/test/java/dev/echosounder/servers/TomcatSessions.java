package dev.echosounder.servers;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Says of each connection whether Tomcat knew its HTTP session, by the cookie JSESSIONID. Public
 * for the container, which makes it by reflection.
 */
public final class TomcatSessions extends Endpoint {
  static final String PATH = "/session";

  private static final String KNOWN = "known";

  static void deploy(ServletContext servlets, ServerContainer container)
      throws DeploymentException {
    servlets.addListener(new Visits());
    container.addEndpoint(
        ServerEndpointConfig.Builder.create(TomcatSessions.class, PATH)
            .configurator(new InSession())
            .build());
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    try {
      session.getBasicRemote().sendText(String.valueOf(config.getUserProperties().get(KNOWN)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The upgrade makes the session, so its answer sets the cookie. */
  private static final class Visits implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
      HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
      if (request.getRequestURI().equals(PATH)) {
        var unused = request.getSession();
      }
    }
  }

  private static final class InSession extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      HttpSession session = (HttpSession) request.getHttpSession();
      config.getUserProperties().put(KNOWN, session.isNew() ? "new" : "known");
    }
  }
}
