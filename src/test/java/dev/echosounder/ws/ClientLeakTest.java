package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.ShutdownThread;
import org.junit.jupiter.api.Test;

/** Many connections cost nothing that stays. */
final class ClientLeakTest {
  private static final int BATCH = 50;

  @Test
  void tenThousandOpensAndClosesLeakNoThreadNoSocketNoHeap() throws Exception {
    try (Peer peer = Peer.start();
        Client client = Client.create()) {
      Target target = Target.of(peer.uri("/echo"));
      openAndClose(client, target, 2_000);
      long heap = heap();
      long threads = ourThreads();
      long sockets = descriptors();
      openAndClose(client, target, 8_000);
      assertThat(ourThreads()).isLessThanOrEqualTo(Math.max(threads, 8));
      assertThat(descriptors() - sockets).isLessThan(BATCH);
      // 8,000 connections that kept 125 bytes each would fail here.
      assertThat(heap() - heap).isLessThan(1_000_000);
    }
  }

  @Test
  void refusedAndUnansweredAttemptsLeakNothing() throws Exception {
    try (Peer peer = Peer.start();
        Client client = Client.create()) {
      List<Target> targets =
          List.of(
              Target.of(peer.uri("/refuse/503?body=busy")),
              Target.of(java.net.URI.create("ws://127.0.0.1:1/")));
      attempt(client, targets, 500);
      long heap = heap();
      long sockets = descriptors();
      attempt(client, targets, 2_000);
      assertThat(descriptors() - sockets).isLessThan(BATCH);
      assertThat(heap() - heap).isLessThan(500_000);
    }
  }

  @Test
  void closingLeavesNoThread() throws Exception {
    try (Peer peer = Peer.start()) {
      long before = ourThreads();
      Client client = Client.create();
      Connection connection = client.open(Target.of(peer.uri("/echo")), Listener.NONE);
      connection.opened().get(5, TimeUnit.SECONDS);
      client.close();
      Ending ending = connection.ended().get(1, TimeUnit.SECONDS);
      assertThat(ending.cause()).isEqualTo(Ending.Cause.CLOSED_BY_US);
      assertThat(ending.clean()).isTrue();
      assertThat(ourThreads()).isEqualTo(before);
    }
  }

  /** Jetty's hook runs beside ours, and would cut connections that we close with 1001. */
  @Test
  void noShutdownHookOfJettyStopsTheClient() {
    try (Client client = Client.create()) {
      assertThat(ShutdownThread.isRegistered(client.container())).isFalse();
    }
  }

  private static void openAndClose(Client client, Target target, int count) throws Exception {
    for (int done = 0; done < count; done += BATCH) {
      List<CompletableFuture<?>> ends = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        Connection connection = client.open(target, Listener.NONE);
        ends.add(connection.opened().thenCompose(o -> connection.close(1000, "")));
      }
      all(ends);
    }
  }

  private static void attempt(Client client, List<Target> targets, int count) throws Exception {
    for (int done = 0; done < count; done += BATCH) {
      List<CompletableFuture<?>> ends = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        ends.add(client.open(targets.get(i % targets.size()), Listener.NONE).opened());
      }
      all(ends);
    }
  }

  private static void all(List<CompletableFuture<?>> futures) throws Exception {
    CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).get(20, TimeUnit.SECONDS);
  }

  private static long ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.isAlive() && t.getName().startsWith("echosounder-"))
        .count();
  }

  private static long descriptors() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.isDirectory(open)) {
      return 0; // Only Linux shows them; there the build runs.
    }
    try (Stream<Path> files = Files.list(open)) {
      return files.count();
    }
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
