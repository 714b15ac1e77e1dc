package dev.echosounder.scenario;

import dev.echosounder.check.Timer;
import dev.echosounder.hold.Keeper;
import dev.echosounder.hold.Turnstile;
import dev.echosounder.peer.Peer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Listener;
import java.net.URI;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What all scenarios of this JVM share: one client, and the embedded peer if any scenario wants it.
 * Made at first use; closed when the last run that is under way has ended. Whoever drives scenarios
 * without Cucumber's {@code AfterAll} leaves it to the end of the JVM.
 */
final class Shared {
  /** The embedded default target. Like the foreign servers, it knows one subprotocol. */
  static final String ECHO = "/echo?subprotocol=echo.v1";

  private static final int CONNECTS_PER_SECOND = 1_000;

  private static int runs;
  private static @Nullable Client client;
  private static Listener witness = Listener.NONE;
  private static @Nullable Peer peer;
  private static @Nullable ScheduledThreadPoolExecutor timers;
  private static boolean hooked;

  private Shared() {}

  static synchronized void enter() {
    runs++;
  }

  static synchronized void leave() {
    runs--;
    if (runs == 0) {
      close();
    }
  }

  static synchronized Client client() {
    hookShutdown();
    if (client == null) {
      client = Client.create();
      client.witness(witness);
    }
    return client;
  }

  /** Who hears every event of the scenarios' connections. */
  static synchronized void witness(Listener listener) {
    witness = listener;
    if (client != null) {
      client.witness(listener);
    }
  }

  /** The address of {@code path} on the embedded peer. */
  static synchronized URI embedded(String path) {
    hookShutdown();
    if (peer == null) {
      peer = Peer.start();
    }
    return peer.uri(path);
  }

  /** What kept connections of all scenarios share. */
  static synchronized Keeper.Shared keepers() {
    if (timers == null) {
      timers =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, "echosounder-scenario-timer");
                thread.setDaemon(true);
                return thread;
              });
      timers.setRemoveOnCancelPolicy(true);
    }
    Timer timer = Timer.of(timers);
    return new Keeper.Shared(
        DefaultTarget.client(),
        timer,
        new Turnstile(timer, CONNECTS_PER_SECOND),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  private static synchronized void close() {
    if (timers != null) {
      timers.shutdownNow();
      timers = null;
    }
    if (client != null) {
      client.close();
      client = null;
    }
    if (peer != null) {
      peer.close();
      peer = null;
    }
  }

  private static void hookShutdown() {
    if (!hooked) {
      hooked = true;
      Runtime.getRuntime().addShutdownHook(new Thread(Shared::close, "echosounder-scenario-end"));
    }
  }
}
