package dev.echosounder.daemon;

import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Target;
import java.util.concurrent.TimeUnit;

/**
 * Talks to a peer of our own before the first real run. A fresh Java process spends tens of
 * milliseconds on loading the classes of each phase, and would book them on the endpoint.
 */
public final class WarmUp {
  /** Enough for the echo's code to be loaded and a little compiled; about 20 ms of it. */
  private static final int ECHOES = 50;

  /** By then a whole cycle is compiled: about half a second. */
  private static final int MOST_CONNECTIONS = 300;

  private static final int PATIENCE_SECONDS = 5;

  private WarmUp() {}

  /**
   * Blocks for a few hundred milliseconds. Whatever goes wrong here, the real run will tell.
   *
   * @param connections one after the other: as many as checks will soon begin, within reason
   */
  public static void run(Client client, int connections) {
    try (Peer peer = Peer.start()) {
      Target target = Target.of(peer.uri("/echo"));
      for (int i = 0; i < Math.min(Math.max(connections, 1), MOST_CONNECTIONS); i++) {
        Connection connection = client.open(target, new Echoes(i == 0 ? ECHOES : 1));
        connection
            .ended()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> null)
            .join();
      }
    }
  }

  private static final class Echoes implements Listener {
    private int left;

    Echoes(int echoes) {
      left = echoes;
    }

    @Override
    public void onOpen(Connection connection) {
      connection.sendText("warm up");
    }

    @Override
    public void onMessage(Connection connection, Message message) {
      if (--left > 0) {
        connection.sendText("warm up");
      } else {
        connection.close(1000, "");
      }
    }
  }
}
