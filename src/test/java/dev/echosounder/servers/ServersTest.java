package dev.echosounder.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each server is what the features take it for, judged by the JDK's client. */
final class ServersTest {
  @ParameterizedTest
  @EnumSource
  void echoesTextAndBytesUpToOneMebibyte(ServerKind kind) throws Exception {
    byte[] mebibyte = new byte[1024 * 1024];
    new Random(1).nextBytes(mebibyte);
    String text = "é".repeat(mebibyte.length / 2);
    try (EchoServer server = kind.startOrSkip();
        JdkClient client = new JdkClient(server.uri())) {
      assertThat(client.echo("Hello")).isEqualTo("Hello");
      assertThat(client.echo(new byte[] {0, (byte) 0xFF, 1})).isEqualTo(new byte[] {0, -1, 1});
      assertThat(client.echo("")).isEqualTo("");
      assertThat(client.echo(text)).isEqualTo(text);
      assertThat(client.echo(mebibyte)).isEqualTo(mebibyte);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersPingsAndTheCloseHandshake(ServerKind kind) throws Exception {
    try (EchoServer server = kind.startOrSkip();
        JdkClient client = new JdkClient(server.uri())) {
      assertThat(client.ping(new byte[] {'h', 'i'})).isEqualTo(new JdkClient.Pong("hi"));
      assertThat(client.closeHandshake(1000, "done")).isEqualTo(new JdkClient.Closed(1000, "done"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void choosesTheKnownSubprotocolAmongOthers(ServerKind kind) throws Exception {
    try (EchoServer server = kind.startOrSkip();
        JdkClient client = new JdkClient(server.uri(), "other", EchoServer.SUBPROTOCOL)) {
      assertThat(client.subprotocol()).isEqualTo(EchoServer.SUBPROTOCOL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesUponTheFirstMessageWhereAsked(ServerKind kind) throws Exception {
    try (EchoServer server = kind.startOrSkip()) {
      JdkClient.Closed bye = new JdkClient.Closed(EchoServer.CLOSE_CODE, EchoServer.CLOSE_REASON);
      try (JdkClient client = new JdkClient(server.closingUri())) {
        assertThat(client.echo("text")).isEqualTo(bye);
      }
      try (JdkClient client = new JdkClient(server.closingUri())) {
        assertThat(client.echo(new byte[] {1})).isEqualTo(bye);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNobodyListeningAfterClose(ServerKind kind) {
    EchoServer server = kind.startOrSkip();
    server.close();
    server.close();
    assertThatThrownBy(() -> new JdkClient(server.uri()).close())
        .isInstanceOf(ConnectException.class);
  }
}
