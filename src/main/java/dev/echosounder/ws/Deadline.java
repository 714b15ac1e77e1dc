package dev.echosounder.ws;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one deadline that an attempt stands under. Thread-safe. */
final class Deadline {
  private final Client client;
  private final AtomicReference<Client.@Nullable Timer> timer = new AtomicReference<>();

  Deadline(Client client) {
    this.client = client;
  }

  /** Replaces the one before; {@code late} hears in words when it has passed. */
  void start(Duration patience, Consumer<String> late) {
    cancel();
    String when = " within " + patience.toMillis() + " ms";
    timer.set(client.after(patience, () -> late.accept(when)));
  }

  void cancel() {
    Client.Timer running = timer.getAndSet(null);
    if (running != null) {
      running.cancel();
    }
  }
}
