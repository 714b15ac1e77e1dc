package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A server that resets whatever it accepts. When its reset wins against our selector, the connect
 * itself fails with it: that is still the server's doing, not ours.
 */
final class EarlyResetTest {
  private static final int ATTEMPTS = 500;

  @Test
  void aResetIsTheServersHoweverEarlyItComes() throws Exception {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(() -> resetAll(server), "reset-all");
    accepting.start();
    URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
    Map<ConnectFailure.Cause, Integer> seen = new EnumMap<>(ConnectFailure.Cause.class);
    try (Client client = Client.create()) {
      for (int i = 0; i < ATTEMPTS; i++) {
        Opening opening =
            client.open(Target.of(uri), Listener.NONE).opened().get(5, TimeUnit.SECONDS);
        seen.merge(((ConnectFailure) opening).cause(), 1, Integer::sum);
      }
    } finally {
      server.close();
    }
    assertThat(seen).isEqualTo(Map.of(ConnectFailure.Cause.CLOSED_EARLY, ATTEMPTS));
    accepting.join(5_000);
    assertThat(accepting.isAlive()).isFalse();
  }

  private static void resetAll(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept()) {
        socket.setSoLinger(true, 0);
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
