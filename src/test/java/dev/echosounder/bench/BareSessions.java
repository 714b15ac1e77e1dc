package dev.echosounder.bench;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee11.websocket.jakarta.client.JakartaWebSocketClientContainer;

/**
 * The floor of a kept connection: a bare Jakarta session of Jetty's client, with a ping every 15 s,
 * or with permessage-deflate a text, and nobody who measures it. {@code BareSessions URI COUNT
 * [deflate]} opens one, then, at a line on its standard input, the others, and keeps them until
 * that input ends.
 */
final class BareSessions {
  private static final int PERIOD_MILLIS = 15_000;

  private BareSessions() {}

  /** Public for the container's sake. */
  public static final class Idle extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.setMaxIdleTimeout(0);
      session.addMessageHandler(String.class, text -> {});
    }
  }

  public static void main(String[] args) throws Exception {
    URI uri = URI.create(args[0]);
    int count = Integer.parseInt(args[1]);
    boolean deflate = args.length > 2 && args[2].equals("deflate");
    JakartaWebSocketClientContainer container = new JakartaWebSocketClientContainer();
    container.start();
    ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    try {
      List<Session> sessions = new ArrayList<>(count);
      ClientEndpointConfig config = config(container, deflate);
      for (int i = 0; i < count; i++) {
        Session session = container.connectToServer(new Idle(), config, uri);
        if (session.getNegotiatedExtensions().isEmpty() == deflate) {
          throw new IllegalStateException("extensions: " + session.getNegotiatedExtensions());
        }
        sessions.add(session);
        long first = (long) PERIOD_MILLIS * i / count;
        beats.scheduleAtFixedRate(
            () -> beat(session, deflate), first, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        if (i == 0) {
          System.out.println("one is open");
          if (System.in.read() < 0) {
            return;
          }
        }
      }
      System.out.println("all are open");
      System.in.transferTo(System.out);
      for (Session session : sessions) {
        session.close();
      }
    } finally {
      beats.shutdownNow();
      container.stop();
    }
  }

  private static ClientEndpointConfig config(
      JakartaWebSocketClientContainer container, boolean deflate) {
    List<Extension> offered =
        container.getInstalledExtensions().stream()
            .filter(e -> deflate && e.getName().equals("permessage-deflate"))
            .toList();
    return ClientEndpointConfig.Builder.create().extensions(offered).build();
  }

  /** Control frames are never compressed: only a message makes the compressor. */
  private static void beat(Session session, boolean text) {
    try {
      if (text) {
        session.getBasicRemote().sendText("Hello");
      } else {
        session.getBasicRemote().sendPing(ByteBuffer.wrap(new byte[8]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
