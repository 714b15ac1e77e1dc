package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** For each path of the catalogue, what a client sees on the wire. */
final class Trials {
  interface Trial {
    void run(Target target) throws Exception;
  }

  private static final Duration A_WHILE = Duration.ofMillis(150);

  private Trials() {}

  static Map<String, Trial> all() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    wellBehaved(trials);
    WireTrials.addTo(trials);
    closing(trials);
    cutting(trials);
    refusing(trials);
    wrongHandshakes(trials);
    trials.put("/invalid/{kind}", Trials::invalidFrames);
    return trials;
  }

  private static void wellBehaved(Map<String, Trial> trials) {
    trials.put("/", target -> assertThat(get(target, "/")).contains("/echo  ", "/flood  "));
    trials.put(
        "/echo",
        target -> {
          try (RawClient client = target.open("/echo?prefix=echo:%20&fragment=5")) {
            client.sendText("Hi");
            RawClient.Received first = client.frame();
            assertThat(first.first()).isEqualTo(0x01);
            assertThat(first.masked()).isFalse();
            assertThat(first.text()).isEqualTo("echo:");
            RawClient.Received last = client.frame();
            assertThat(last.first()).isEqualTo(0x80);
            assertThat(last.text()).isEqualTo(" Hi");
          }
        });
    trials.put(
        "/greet",
        target -> {
          try (RawClient client = target.open("/greet?text=hi&count=2&every=1ms")) {
            assertThat(client.text()).isEqualTo("hi");
            assertThat(client.text()).isEqualTo("hi");
            echoes(client);
          }
        });
    trials.put(
        "/silent",
        target -> {
          try (RawClient client = target.open("/silent?pong=off")) {
            client.sendText("Hello");
            client.send(0x89, new byte[] {1});
            assertThat(client.quietFor(A_WHILE)).isTrue();
            handshakeOfClose(client);
          }
          try (RawClient client = target.open("/silent")) {
            client.send(0x89, new byte[] {1});
            assertThat(client.frame().first()).isEqualTo(0x8A);
          }
        });
    trials.put(
        "/request",
        target -> {
          try (RawClient client = target.open("/request?deflate=off", "x-ODD:  Case ")) {
            assertThat(client.text())
                .startsWith("GET /request?deflate=off HTTP/1.1\nHost: 127.0.0.1:")
                .endsWith("\nx-ODD:  Case ");
            echoes(client);
          }
        });
    trials.put(
        "/broadcast/{room}",
        target -> {
          try (RawClient one = target.open("/broadcast/a");
              RawClient two = target.open("/broadcast/a");
              RawClient other = target.open("/broadcast/b")) {
            one.sendText("all");
            assertThat(one.text()).isEqualTo("all");
            assertThat(two.text()).isEqualTo("all");
            assertThat(other.quietFor(A_WHILE)).isTrue();
          }
        });
    trials.put(
        "/flood",
        target -> {
          try (RawClient client = target.open("/flood?count=5000&size=100")) {
            for (int i = 1; i <= 5000; i++) {
              assertThat(client.text()).startsWith(i + " x").hasSize(100);
            }
            echoes(client);
          }
        });
  }

  private static void closing(Map<String, Trial> trials) {
    trials.put(
        "/close/{code}",
        target -> {
          try (RawClient client = target.open("/close/4001?reason=bye&after=1")) {
            echoes(client);
            RawClient.Received close = client.frame();
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(close.closeReason()).isEqualTo("bye");
            client.send(0x88, close.payload());
            assertThat(client.end()).isEqualTo(RawClient.End.FIN);
          }
          try (RawClient client = target.open("/close/1005")) {
            assertThat(client.bytes(2)).containsExactly(0x88, 0);
          }
          try (RawClient client = target.open("/close/1015")) {
            assertThat(client.frame().closeCode()).isEqualTo(1015);
          }
        });
    trials.put(
        "/close-open",
        target -> {
          try (RawClient client = target.open("/close-open")) {
            client.sendClose(1000, "");
            assertThat(client.frame().closeCode()).isEqualTo(1000);
            client.fin();
            assertThat(client.quietFor(A_WHILE)).isTrue();
          }
          try (RawClient client = target.open("/close-open?after=0")) {
            assertThat(client.frame().closeCode()).isEqualTo(1000);
            client.sendClose(1000, "");
            assertThat(client.quietFor(A_WHILE)).isTrue();
          }
        });
    trials.put(
        "/no-close-answer",
        target -> {
          try (RawClient client = target.open("/no-close-answer")) {
            echoes(client);
            client.sendClose(1000, "");
            assertThat(client.quietFor(A_WHILE)).isTrue();
          }
        });
    trials.put(
        "/two-closes",
        target -> {
          try (RawClient client = target.open("/two-closes?code=4000&then=4001")) {
            assertThat(client.frame().closeCode()).isEqualTo(4000);
            assertThat(client.frame().closeCode()).isEqualTo(4001);
          }
        });
    trials.put(
        "/late-fin",
        target -> {
          try (RawClient client = target.open("/late-fin?code=1009&wait=400ms")) {
            assertThat(client.frame().closeCode()).isEqualTo(1009);
            client.sendClose(1009, "");
            client.fin();
            assertThat(client.quietFor(A_WHILE)).isTrue();
            assertThat(client.end()).isEqualTo(RawClient.End.FIN);
          }
        });
  }

  private static void cutting(Map<String, Trial> trials) {
    trials.put("/reset", target -> ends(target, "/reset?after=1", RawClient.End.RST));
    trials.put("/fin", target -> ends(target, "/fin?after=1", RawClient.End.FIN));
    trials.put(
        "/half-open",
        target -> {
          try (RawClient client = target.open("/half-open?after=1")) {
            echoes(client);
            client.sendText("Hello?");
            client.sendClose(1000, "");
            assertThat(client.quietFor(A_WHILE)).isTrue();
          }
        });
    trials.put(
        "/cut",
        target -> {
          for (RawClient.End end : RawClient.End.values()) {
            String how = end == RawClient.End.FIN ? "fin" : "reset";
            try (RawClient client = target.open("/cut?after=1&how=" + how)) {
              echoes(client);
              assertThat(client.bytes(7)).startsWith(0x81, 10);
              assertThat(client.end()).isEqualTo(end);
            }
          }
        });
    trials.put(
        "/idle",
        target -> {
          try (RawClient client = target.open("/idle?timeout=200ms&how=1001")) {
            assertThat(client.quietFor(Duration.ofMillis(120))).isTrue();
            echoes(client);
            assertThat(client.quietFor(Duration.ofMillis(120))).isTrue();
            assertThat(client.frame().closeCode()).isEqualTo(1001);
          }
          try (RawClient client = target.open("/idle?timeout=50ms&how=reset")) {
            assertThat(client.end()).isEqualTo(RawClient.End.RST);
          }
        });
  }

  private static void refusing(Map<String, Trial> trials) {
    trials.put(
        "/refuse/{status}",
        target -> {
          String path = "/refuse/503?header=Retry-After:5&header=X-A:b&body=busy%21";
          try (RawClient client = target.connect(path)) {
            String head = client.upgrade();
            assertThat(head).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: 5\r\nX-A: b");
            assertThat(client.body(head)).isEqualTo("busy!");
          }
        });
    trials.put(
        "/redirect",
        target -> {
          try (RawClient client = target.connect("/redirect?to=/fin&status=307")) {
            assertThat(client.upgrade())
                .startsWith("HTTP/1.1 307 ")
                .contains("\r\nLocation: /fin\r\n");
          }
        });
    trials.put(
        "/ok",
        target -> {
          try (RawClient client = target.connect("/ok")) {
            String head = client.upgrade();
            assertThat(head).startsWith("HTTP/1.1 200 ").contains("text/html");
            assertThat(client.body(head)).contains("No WebSocket here");
          }
        });
    trials.put(
        "/auth/basic",
        target -> {
          String good = Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
          authorizes(target, "/auth/basic?user=u&password=p", "Basic", good);
        });
    trials.put(
        "/auth/bearer", target -> authorizes(target, "/auth/bearer?token=t+", "Bearer", "t+"));
  }

  private static void wrongHandshakes(Map<String, Trial> trials) {
    trials.put(
        "/bad-accept",
        target -> {
          try (RawClient client = target.connect("/bad-accept")) {
            assertThat(client.upgrade())
                .startsWith("HTTP/1.1 101 ")
                .contains("Sec-WebSocket-Accept: ")
                .doesNotContain(RawClient.ACCEPT);
          }
        });
    trials.put(
        "/no-upgrade-header",
        target -> {
          try (RawClient client = target.connect("/no-upgrade-header")) {
            assertThat(client.upgrade()).startsWith("HTTP/1.1 101 ").doesNotContain("\r\nUpgrade:");
          }
        });
    trials.put(
        "/no-answer",
        target -> {
          try (RawClient client = target.connect("/no-answer")) {
            client.requestUpgrade();
            assertThat(client.quietFor(A_WHILE)).isTrue();
          }
        });
    trials.put(
        "/hang-up",
        target -> {
          for (RawClient.End end : RawClient.End.values()) {
            String how = end == RawClient.End.FIN ? "fin" : "reset";
            try (RawClient client = target.connect("/hang-up?how=" + how)) {
              client.requestUpgrade();
              assertThat(client.end()).isEqualTo(end);
            }
          }
        });
    trials.put(
        "/garbage",
        target -> {
          try (RawClient client = target.connect("/garbage")) {
            assertThat(client.upgrade()).doesNotContain("HTTP/").isNotBlank();
            assertThat(client.end()).isEqualTo(RawClient.End.FIN);
          }
        });
  }

  private static void invalidFrames(Target target) throws Exception {
    for (InvalidFrame kind : InvalidFrame.values()) {
      String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      try (RawClient client = target.open("/invalid/" + name + "?after=1")) {
        echoes(client);
        byte[] expected = kind.bytes();
        assertThat(client.bytes(expected.length)).as(name).isEqualTo(expected);
        client.sendClose(1002, "");
        assertThat(client.end()).isEqualTo(RawClient.End.FIN);
      }
    }
  }

  private static void echoes(RawClient client) throws Exception {
    client.sendText("Hello");
    RawClient.Received echo = client.frame();
    assertThat(echo.first()).isEqualTo(0x81);
    assertThat(echo.text()).isEqualTo("Hello");
  }

  private static void handshakeOfClose(RawClient client) throws Exception {
    client.sendClose(4001, "bye");
    assertThat(client.frame().closeCode()).isEqualTo(4001);
    assertThat(client.end()).isEqualTo(RawClient.End.FIN);
  }

  private static void ends(Target target, String path, RawClient.End end) throws Exception {
    try (RawClient client = target.open(path)) {
      echoes(client);
      assertThat(client.end()).isEqualTo(end);
    }
  }

  private static void authorizes(Target target, String path, String scheme, String credentials)
      throws Exception {
    try (RawClient client = target.connect(path)) {
      String head = client.upgrade("Authorization: " + scheme + " wrong");
      assertThat(head).startsWith("HTTP/1.1 401 ").contains("\r\nWWW-Authenticate: " + scheme);
      assertThat(client.body(head)).contains(scheme);
    }
    try (RawClient client = target.open(path, "Authorization: " + scheme + " " + credentials)) {
      echoes(client);
    }
  }

  private static String get(Target target, String path) throws Exception {
    try (RawClient client = target.connect(path)) {
      client.write(
          ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return client.body(client.head());
    }
  }
}
