package dev.echosounder.servers;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * Tomcat, embedded, with its own Jakarta WebSocket container. Seen of 11.0.11: the status line has
 * no reason phrase; 404 with an HTML page for an unknown path and for a plain request, 400 for a
 * missing key, 426 for version 12; an unknown subprotocol is accepted with no header;
 * permessage-deflate is answered with {@code client_max_window_bits=15}; an empty close is answered
 * with 1000, the illegal code 1005 with 1002; after its own close frame it waits for the peer's; a
 * half-closed TCP connection still gets its echo, then 1002; a too-big message gets 1009.
 */
final class TomcatEcho {
  /** Held here because java.util.logging holds loggers weakly and would forget the level. */
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  /** Warns of leaks when a web application is unloaded; here it lives as long as its classes. */
  private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

  private TomcatEcho() {}

  static EchoServer start(String name) {
    LOGGER.setLevel(Level.WARNING);
    LEAKS.setLevel(Level.SEVERE);
    Path base = Scratch.directory(name);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Connector connector = new Connector();
    connector.setProperty("address", Loopback.HOST);
    connector.setPort(0);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base.toString());
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer((types, servlets) -> deploy(servlets), Set.of());
    // Tomcat's WebSocket filter only sees requests that some servlet would answer.
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMappingDecoded("/", "default");
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not start", e);
    }
    return new InProcess(name, connector.getLocalPort(), () -> stop(tomcat));
  }

  private static void deploy(ServletContext servlets) throws ServletException {
    ServerContainer container =
        (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
    // Allocated once per connection, and fixed before the endpoint sees the session.
    container.setDefaultMaxTextMessageBufferSize(EchoServer.MAX_MESSAGE_BYTES);
    container.setDefaultMaxBinaryMessageBufferSize(EchoServer.MAX_MESSAGE_BYTES);
    try {
      for (ServerEndpointConfig endpoint : JakartaEcho.endpoints()) {
        container.addEndpoint(endpoint);
      }
      TomcatSessions.deploy(servlets, container);
    } catch (DeploymentException e) {
      throw new ServletException(e);
    }
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not stop", e);
    }
  }
}
