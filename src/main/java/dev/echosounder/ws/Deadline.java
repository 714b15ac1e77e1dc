package dev.echosounder.ws;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one deadline that an attempt stands under. Thread-safe. */
final class Deadline {
  private final Client client;
  private final AtomicReference<Client.@Nullable Timer> timer = new AtomicReference<>();

  Deadline(Client client) {
    this.client = client;
  }

  /** Replaces the one before. */
  void start(Duration patience, Runnable late) {
    cancel();
    timer.set(client.after(patience, late));
  }

  void cancel() {
    Client.Timer running = timer.getAndSet(null);
    if (running != null) {
      running.cancel();
    }
  }
}
