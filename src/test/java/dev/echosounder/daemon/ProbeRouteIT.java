package dev.echosounder.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ForwardProxy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /probe} by other ways: the query names a server, never a way, and never a way round. */
final class ProbeRouteIT {
  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private Peer peer;

  @BeforeEach
  void startPeer() {
    peer = Peer.start();
  }

  @AfterEach
  void stopPeer() {
    peer.close();
  }

  private Daemon daemon(String module, String allow) throws Exception {
    String yaml =
        """
        targets:
          - {name: a, url: "ws://127.0.0.1:%d/ok", checks: [{kind: handshake}]}
        modules:
          m:
            check: {kind: echo, send: Hello, timeout: 3s}
        %s
        web: {probe: {allow: {%s}}}
        """;
    Path file = directory.resolve("echosounder.yml");
    String text = yaml.formatted(peer.port(), module.indent(4).stripTrailing(), allow);
    return Daemons.start(Files.writeString(file, text));
  }

  private String probe(Daemon daemon, String target, String more) throws Exception {
    String query = "/probe?debug=true&module=m&target=" + URLEncoder.encode(target, UTF_8) + more;
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + query);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String at(String host) {
    return "ws://" + host + ":" + peer.port();
  }

  @Test
  void aQueryChoosesNoWay() throws Exception {
    try (Daemon daemon = daemon("", "cidrs: [127.0.0.0/8]")) {
      String more = "&proxy=http://127.0.0.1:1&unix_socket=/nobody&resolve=x&redirects=3";
      assertThat(probe(daemon, at("127.0.0.1") + "/echo", more)).contains("probe_success 1");
      assertThat(probe(daemon, at("127.0.0.1") + "/redirect", more))
          .contains("redirect at upgrade");
    }
  }

  @Test
  void throughAProxyTheServerMustBeAllowedToo() throws Exception {
    try (EchoServer proxy = ForwardProxy.HTTP.start().orSkip()) {
      String module =
          "proxy: {url: \"http://127.0.0.1:%d\", username: %s, password: %s}"
              .formatted(proxy.uri().getPort(), ForwardProxy.USER, ForwardProxy.PASSWORD);
      try (Daemon daemon = daemon(module, "cidrs: [127.0.0.0/8]")) {
        String direct = probe(daemon, at("127.0.0.1") + "/echo", "");
        assertThat(direct).contains("probe_success 1", "tunnel open: 200");
        assertThat(direct).doesNotContain(ForwardProxy.PASSWORD);
        assertThat(probe(daemon, at("localhost") + "/echo", ""))
            .contains("probe_success 0", "localhost would be looked up by the proxy");
        assertThat(probe(daemon, "ws://10.0.0.1/", ""))
            .contains("probe_success 0", "10.0.0.1 may not be dialled, nor through a proxy");
      }
      try (Daemon daemon = daemon(module, "hosts: [localhost, 127.0.0.1]")) {
        assertThat(probe(daemon, at("localhost") + "/echo", "")).contains("probe_success 1");
      }
    }
  }

  @Test
  void aRedirectThatIsFollowedIsJudgedAgain() throws Exception {
    String away = URLEncoder.encode(at("localhost").replace("ws:", "http:") + "/echo", UTF_8);
    try (Daemon daemon = daemon("redirects: 3", "hosts: [127.0.0.1]")) {
      assertThat(probe(daemon, at("127.0.0.1") + "/redirect", "")).contains("probe_success 1");
      assertThat(probe(daemon, at("127.0.0.1") + "/redirect?to=" + away, ""))
          .contains("probe_success 0", "blocked", "localhost may not be asked");
    }
  }
}
