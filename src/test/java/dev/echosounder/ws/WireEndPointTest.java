package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose end a socket's end is: a redirect leaves sockets behind, which end whenever they like. */
@Timeout(10)
final class WireEndPointTest {
  private static Client client;

  /** How the end of a socket shows. */
  private enum End {
    FIN,
    RESET,
    RESET_SEEN_BY_A_WRITE
  }

  @BeforeAll
  static void start() {
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "FIN, the stream ended",
    "RESET, reset (Connection reset)",
    "RESET_SEEN_BY_A_WRITE, reset (Connection reset by peer)"
  })
  void theEndOfASocketThatWasLeftIsNotTheConnections(End how, String told) throws Exception {
    for (boolean left : new boolean[] {false, true}) {
      try (ServerSocketChannel server =
              ServerSocketChannel.open()
                  .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          SocketChannel ours = SocketChannel.open(server.getLocalAddress());
          SocketChannel theirs = server.accept()) {
        Target target = Target.of(URI.create("ws://127.0.0.1:1/"));
        Connection connection = new Connection(client, target, Listener.NONE, 1);
        WireEndPoint socket = endPoint(ours, connection);
        EndingMachine its = connection.machine();
        if (left) {
          connection.onNewSocket();
        }
        end(how, theirs, socket);
        assertThat(its.howCut()).isEqualTo(told);
        assertThat(its.decided()).isTrue();
        assertThat(connection.machine().decided()).as("left: %s", left).isEqualTo(!left);
      }
    }
  }

  /** Its channel blocks, so no selector is asked for anything. */
  @SuppressWarnings("NullAway")
  private static WireEndPoint endPoint(SocketChannel channel, Connection connection) {
    return new WireEndPoint(channel, null, null, null, connection, false);
  }

  private static void end(End how, SocketChannel theirs, WireEndPoint seen) throws IOException {
    if (how != End.FIN) {
      theirs.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    theirs.close();
    if (how == End.RESET_SEEN_BY_A_WRITE) {
      assertThat(seen.flush(ByteBuffer.wrap(new byte[] {1}))).isTrue();
    } else {
      assertThat(seen.fill(BufferUtil.allocate(10))).isEqualTo(-1);
    }
  }
}
