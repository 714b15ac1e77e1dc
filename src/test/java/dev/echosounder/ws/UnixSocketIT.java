package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Crossroads;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.NodeServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers on unix sockets: nginx with TLS, and the package ws on Node.js. */
@Tag("surroundings")
final class UnixSocketIT {
  @TempDir private static Path directory;
  private static Client client;

  @BeforeAll
  static void start() {
    client = Client.create();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static Connection echoed(Target target) throws Exception {
    Inbox inbox = new Inbox();
    TimelineRecorder recorder = new TimelineRecorder(inbox);
    Connection connection = client.open(target, recorder);
    assertThat(connection.opened().get(8, TimeUnit.SECONDS)).isInstanceOf(Event.Upgraded.class);
    connection.sendText("Hello").get(5, TimeUnit.SECONDS);
    assertThat(inbox.next(Duration.ofSeconds(5)))
        .get()
        .asInstanceOf(type(Message.Text.class))
        .returns("Hello", Message.Text::text);
    Ending ending = connection.close(1000, "").get(5, TimeUnit.SECONDS);
    assertThat(ending.clean()).isTrue();
    recorder.assertPaired();
    return connection;
  }

  @Test
  void wssVerifiesTheNameOfTheUrl() throws Exception {
    Certificates certificates = new Certificates(directory);
    try (Crossroads nginx = Crossroads.startOrSkip(certificates, directory.resolve("nginx.sock"))) {
      Target target =
          Target.of(URI.create("wss://localhost/echo"))
              .withTls(Tls.DEFAULT.withCa(certificates.authority()))
              .withRoute(Route.DIRECT.withUnixSocket(nginx.secureSocket()));
      Connection connection = echoed(target);
      assertThat(connection.timeline().phase(Phase.TLS)).isPresent();
      assertThat(connection.timeline().phase(Phase.DNS)).isEmpty();
      assertThat(cause(target.at(URI.create("wss://echo.invalid/echo"))))
          .isEqualTo(ConnectFailure.Cause.TLS_HOSTNAME);
      assertThat(cause(target.withTls(Tls.DEFAULT))).isEqualTo(ConnectFailure.Cause.TLS_UNTRUSTED);
      // A socket that does not speak TLS.
      assertThat(cause(target.withRoute(Route.DIRECT.withUnixSocket(nginx.socket()))))
          .isEqualTo(ConnectFailure.Cause.TLS_HANDSHAKE);
    }
  }

  private static ConnectFailure.Cause cause(Target target) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder(Listener.NONE);
    Opening opening = client.open(target, recorder).opened().get(8, TimeUnit.SECONDS);
    assertThat(opening).isInstanceOf(ConnectFailure.class);
    recorder.assertPaired();
    return ((ConnectFailure) opening).cause();
  }

  @Test
  void nodeWs() throws Exception {
    Path socket = directory.resolve("node.sock");
    Target target =
        Target.of(URI.create("ws://echo.invalid/echo"))
            .withRoute(Route.DIRECT.withUnixSocket(socket));
    try (EchoServer node = NodeServer.echoOn(socket).orSkip()) {
      assertThat(node.name()).isEqualTo("node ws");
      echoed(target);
      echoed(target.withDeflate(true));
      assertThat(cause(target.at(URI.create("ws://echo.invalid/nowhere"))))
          .isEqualTo(ConnectFailure.Cause.HTTP_STATUS);
    }
    assertThat(cause(target)).isEqualTo(ConnectFailure.Cause.REFUSED);
  }
}
