package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.echosounder.peer.Peer;
import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the Dockerfile puts into the image, made by the same script, run without a container. Only
 * on a JDK as new as the image's: it takes a minute.
 */
@EnabledForJreRange(min = JRE.JAVA_25)
final class ImageIT {
  /** Named by libraries in parts that the program never reaches; see the script. */
  private static final Set<String> LEFT_OUT = Set.of("java.compiler", "java.desktop");

  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

  @TempDir private static Path home;
  @TempDir private Path directory;

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(f -> f.toString().endsWith("-all.jar")).findFirst().orElseThrow();
    }
  }

  private static String run(Path output, String... command) throws Exception {
    Map<String, String> jdk = Map.of("JAVA_HOME", System.getProperty("java.home"));
    try (Shell shell = Shell.start(output, jdk, List.of(command))) {
      int code = shell.exit(120);
      assertThat(code).as(shell.output()).isZero();
      return shell.output();
    }
  }

  @BeforeAll
  static void make() throws Exception {
    Path log = Path.of("target/image.log");
    run(log, "deploy/image/make-runtime", jar().toString(), home.toString());
  }

  private static String program() {
    return home.resolve("bin/echosounder").toString();
  }

  @Test
  void theRuntimeHasEveryModuleThatTheJarNeeds() throws Exception {
    String release = Integer.toString(Runtime.version().feature());
    String summary =
        run(
            directory.resolve("jdeps"),
            JDK.resolve("jdeps").toString(),
            "--multi-release",
            release,
            "--ignore-missing-deps",
            "--print-module-deps",
            home.resolve("echosounder.jar").toString());
    Set<String> needed = new TreeSet<>(Set.of(summary.strip().split(",")));
    String present =
        run(directory.resolve("modules"), home.resolve("jre/bin/java") + "", "--list-modules");
    needed.removeAll(LEFT_OUT);
    needed.removeIf(module -> present.contains(module + "@"));
    assertThat(needed).isEmpty();
    assertThat(present).contains("java.base@").doesNotContain("java.desktop@");
  }

  @Test
  void classesComeFromTheCache() throws Exception {
    String loaded =
        run(
            directory.resolve("loaded"),
            "env",
            "JAVA_TOOL_OPTIONS=-XX:AOTMode=on -Xlog:class+load",
            program(),
            "--version");
    assertThat(loaded)
        .containsPattern("dev\\.echosounder\\.cli\\.Main source: shared objects file");
  }

  /** With no directory to write to, as under a read-only root; over TLS, and pushing metrics. */
  @Test
  void theDaemonProbesAndIsStopped() throws Exception {
    Certificates certificates = new Certificates(directory);
    CountDownLatch pushed = new CountDownLatch(1);
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          pushed.countDown();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    Peer.Options tls = Peer.Options.defaults().withTls(certificates.server(Leaf.VALID));
    try (Peer peer = Peer.start(tls);
        Shell daemon = daemon(config(peer, certificates, collector.getAddress().getPort()))) {
      String metrics = url(daemon);
      assertThat(run(directory.resolve("health"), program(), "health", metrics))
          .contains("healthy");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (peer.ledger().upgrades() < 3) {
        assertThat(System.nanoTime()).as(daemon.output()).isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      assertThat(pushed.await(20, TimeUnit.SECONDS)).isTrue();
      daemon.terminate();
      assertThat(daemon.exit(15)).as(daemon.output()).isZero();
      assertThat(daemon.output())
          .doesNotContain("Exception", "NoClassDefFound", "connection dropped");
    } finally {
      collector.stop(0);
    }
  }

  private Path config(Peer peer, Certificates certificates, int collector) throws IOException {
    return Files.writeString(
        directory.resolve("echosounder.yml"),
        """
        otlp: {endpoint: 'http://127.0.0.1:%d/v1/metrics', interval: 2s, timeout: 1s}
        targets:
          - name: tls
            url: %s
            tls: {ca: '%s'}
            deflate: true
            checks:
              - {kind: echo, send: Hello, interval: 1s, timeout: 1s}
              - {kind: hold, interval: 1s, timeout: 1s}
              - {kind: dialogue, interval: 1s, timeout: 1s, steps: [{send: a}, {expect: a}]}
        """
            .formatted(collector, peer.uri("/echo"), certificates.authority()));
  }

  private Shell daemon(Path config) throws IOException {
    return Shell.start(
        directory.resolve("daemon.log"),
        Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/nowhere"),
        List.of(program(), "daemon", "--config", config.toString(), "--port", "0"));
  }

  private static String url(Shell daemon) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Matcher said = Pattern.compile("metrics +(http\\S+)").matcher(daemon.output());
    while (!said.find()) {
      assertThat(System.nanoTime()).as(daemon.output()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      said = Pattern.compile("metrics +(http\\S+)").matcher(daemon.output());
    }
    return said.group(1);
  }
}
