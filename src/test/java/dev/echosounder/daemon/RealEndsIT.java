package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Apache;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.External;
import dev.echosounder.servers.HaProxy;
import dev.echosounder.servers.JettyEcho;
import dev.echosounder.servers.Nginx;
import dev.echosounder.servers.Proxied;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.servers.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How real servers and proxies end a kept connection when they, or what is behind them, die. */
@Tag("surroundings")
final class RealEndsIT {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String ENDS = "echosounder_connection_ends_total";

  /** A server, the path to keep open, what becomes of it, and the drop that it has to be. */
  private record Death(EchoServer server, String path, Consumer<EchoServer> how, String cause) {}

  private final Map<String, Death> deaths = new LinkedHashMap<>();
  private final List<EchoServer> servers = new ArrayList<>();
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    servers.forEach(EchoServer::close);
  }

  /** What this machine lacks is left out; in CI nothing may be lacking. */
  private void add(String name, Start start, String path, Consumer<EchoServer> how, String cause) {
    if (start instanceof Start.Unavailable missing && !"true".equals(System.getenv("CI"))) {
      System.out.println("left out: " + missing);
      return;
    }
    EchoServer server = start.orSkip();
    servers.add(server);
    deaths.put(name, new Death(server, path, how, cause));
  }

  private static void kill(EchoServer server) {
    ((External) server).kill();
  }

  private static void killProxy(EchoServer server) {
    kill(((Proxied) server).proxy());
  }

  private static void killUpstream(EchoServer server) {
    ((Proxied) server).upstream().close();
  }

  private void addAll() {
    Consumer<EchoServer> terminate = EchoServer::close;
    add("node-sigterm", ServerKind.NODE_WS.start(), "/echo", terminate, "eof");
    add("node-sigkill", ServerKind.NODE_WS.start(), "/echo", RealEndsIT::kill, "eof");
    add(
        "node-sigkill-socket-inherited",
        ServerKind.NODE_WS.start(),
        "/inherited",
        RealEndsIT::kill,
        "liveness_timeout");
    Start jetty = new Start.Running(JettyEcho.start(LONG));
    add("jetty-stop", jetty, "/echo", terminate, "eof");
    add("tomcat-stop", ServerKind.TOMCAT.start(), "/echo", terminate, "peer_going_away");
    add("undertow-stop", ServerKind.UNDERTOW.start(), "/echo", terminate, "eof");
    add("netty-stop", ServerKind.NETTY.start(), "/echo", terminate, "eof");
    add("tyrus-stop", ServerKind.TYRUS.start(), "/echo", terminate, "eof");
    add("nginx-sigkill", Nginx.start(LONG), "/echo", RealEndsIT::killProxy, "eof");
    add("nginx-upstream-dies", Nginx.start(LONG), "/echo", RealEndsIT::killUpstream, "eof");
    add("haproxy-upstream-dies", HaProxy.start(LONG), "/echo", RealEndsIT::killUpstream, "eof");
    add("apache-upstream-dies", Apache.start(LONG), "/echo", RealEndsIT::killUpstream, "eof");
  }

  @Test
  void eachDeathIsOneDropOfItsOwnCause() throws Exception {
    addAll();
    StringBuilder yaml = new StringBuilder("logging: {level: error}\ntargets:\n");
    deaths.forEach((name, death) -> yaml.append(target(name, death)));
    Path config = Files.writeString(directory.resolve("echosounder.yml"), yaml);
    try (Daemon daemon = Daemons.start(config)) {
      Readings.when(daemon, r -> r.sum("echosounder_connection_open") == deaths.size());
      deaths.values().forEach(death -> death.how().accept(death.server()));
      Readings seen = Readings.when(daemon, r -> r.sum(ENDS) == deaths.size());
      Map<String, Map<String, Double>> causes = new LinkedHashMap<>();
      Map<String, Map<String, Double>> expected = new LinkedHashMap<>();
      deaths.forEach(
          (name, death) -> {
            Map<String, Double> counted = seen.of("target", name).by(ENDS, "cause");
            counted.values().removeIf(count -> count == 0);
            causes.put(name, counted);
            expected.put(name, Map.of(death.cause(), 1.0));
          });
      assertThat(causes).isEqualTo(expected);
    }
  }

  /** It must not come back: whatever takes over the port would be counted as well. */
  private static String target(String name, Death death) {
    return """
          - name: %s
            url: %s
            checks: [{kind: hold, interval: 4s, timeout: 4s, reconnect_within: 1h, reconnect_at_most: 1h}]
        """
        .formatted(name, death.server().uri().resolve(death.path()));
  }
}
