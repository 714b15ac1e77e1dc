package dev.echosounder.hold;

import dev.echosounder.check.Link;
import dev.echosounder.check.Serial;
import dev.echosounder.check.Timer;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection open: never more than one, and always a next one until it is stopped. A
 * state machine: I/O threads, timers and callers post to {@link Serial}, so every field is confined
 * to one task at a time. Thread-safe; no thread waits for it.
 */
public final class Keeper {
  /** Of each connection so many frames are kept: its last words. */
  private static final int FRAMES = 6;

  private enum State {
    /** Until the back-off is over and the turnstile lets it pass. */
    WAITING,
    CONNECTING,
    OPEN,
    /** We have said good-bye; what it is for stands in {@link #goodBye}. */
    CLOSING,
    STOPPED
  }

  /** What all keepers of a process share. */
  public record Shared(Client client, Timer timer, Turnstile turnstile, DoubleSupplier random) {}

  /**
   * How to keep it.
   *
   * @param every from one heartbeat to the next
   * @param patience how long connecting, or the answer to a heartbeat, may take
   */
  public record Settings(Hold hold, Duration every, Duration patience) {}

  private final Serial serial = new Serial();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Function<Listener, Link> dial;
  private final Shared shared;
  private final Settings settings;
  private final HoldListener listener;

  private State state = State.WAITING;

  /** Grows with every change of state: what was scheduled before is void. */
  private long era;

  private @Nullable Life life;

  /** Of the connection whose events count; null when none does. */
  private @Nullable Ears ears;

  /** Cancels what is scheduled in this state; null if nothing is. */
  private @Nullable Runnable pending;

  private int failures;

  /** When the connection dropped that is not yet replaced; null if none did. */
  private @Nullable Long dropped;

  /** The close code of whoever stopped it; 0 while it is to go on. */
  private int goodBye;

  Keeper(Function<Listener, Link> dial, Shared shared, Settings settings, HoldListener listener) {
    this.dial = dial;
    this.shared = shared;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Starts to keep a connection open; returns at once.
   *
   * @param target is asked for each connection: what is learnt meanwhile counts
   */
  public static Keeper start(
      Shared shared, Supplier<Target> target, Settings settings, HoldListener listener) {
    Keeper keeper =
        new Keeper(
            ears -> Link.of(shared.client().open(target.get(), ears, FRAMES)),
            shared,
            settings,
            listener);
    keeper.start();
    return keeper;
  }

  void start() {
    serial.execute(() -> await(Duration.ZERO));
  }

  /**
   * Closes the connection, if there is one, and opens no other. Repeated calls change nothing.
   *
   * @param code of our close frame: 1001 when the process ends, 1000 when it is no longer wanted
   * @return completes, never exceptionally, when the connection is over
   */
  public CompletableFuture<Void> stop(int code) {
    serial.execute(
        () -> {
          if (goodBye == 0) {
            goodBye = code;
            farewell();
          }
        });
    return stopped.copy();
  }

  private void farewell() {
    if (state == State.WAITING) {
      cancel();
      enter(State.STOPPED);
      stopped.complete(null);
    } else if (state == State.CONNECTING) {
      life().link.abort(Ending.Cause.LOCAL_ERROR, "it is no longer wanted");
    } else if (state == State.OPEN) {
      close(goodBye);
    }
  }

  private void cancel() {
    if (pending != null) {
      pending.run();
      pending = null; // Or it would live as long as the connection.
    }
  }

  private void enter(State next) {
    state = next;
    era++;
  }

  private Runnable in(Duration delay, Runnable task) {
    return shared.timer().after(delay, inThisEra(task));
  }

  private Runnable inThisEra(Runnable task) {
    long then = era;
    return () ->
        serial.execute(
            () -> {
              if (era == then) {
                task.run();
              }
            });
  }

  private void await(Duration delay) {
    life = null;
    ears = null;
    enter(State.WAITING);
    pending = in(delay, this::queue);
  }

  private void queue() {
    pending = shared.turnstile().enter(inThisEra(this::connect));
  }

  private void connect() {
    enter(State.CONNECTING);
    listener.onAttempt();
    long now = shared.timer().nanos();
    Ears own = new Ears();
    ears = own;
    Link link = dial.apply(own);
    Heart.Rhythm rhythm =
        new Heart.Rhythm(
            settings.hold().heartbeat(),
            settings.every(),
            settings.patience(),
            listener::onHeartbeat,
            text -> link.abort(Ending.Cause.LIVENESS_TIMEOUT, text));
    life = new Life(link, new Heart(rhythm, link, shared.timer(), serial), now);
    String late = "not open within " + settings.patience().toMillis() + " ms";
    pending = in(settings.patience(), () -> link.abort(Ending.Cause.LIVENESS_TIMEOUT, late));
  }

  private void close(int code) {
    cancel();
    enter(State.CLOSING);
    life().heart.stop();
    life().link.close(code);
  }

  private void on(Event event) {
    Life now = life();
    now.on(event);
    if (event instanceof Event.Sent sent) {
      now.heart.sent(sent);
      passed(Direction.SENT, sent.frame(), sent.nanos());
    } else if (event instanceof Event.Received received) {
      passed(Direction.RECEIVED, received.frame(), received.nanos());
    } else if (event instanceof Event.Upgraded) {
      opened(event.nanos());
    } else if (event instanceof Event.Refused refused) {
      refused(refused);
    } else if (event instanceof Event.Ended ended) {
      ended(ended);
    }
  }

  private void passed(Direction direction, Frame frame, long nanos) {
    life().passed(direction, frame, nanos);
    listener.onFrame(direction, frame);
  }

  private void opened(long nanos) {
    cancel();
    enter(State.OPEN);
    life().opened(nanos);
    listener.onOpened(life().evidence(nanos));
    if (dropped != null) {
      listener.onRecovered(Duration.ofNanos(nanos - dropped));
      dropped = null;
    }
  }

  /** The connection can send: from here on it is a good-bye's or a heart's turn. */
  private void ready() {
    if (goodBye != 0) {
      close(goodBye);
    } else if (state == State.OPEN) {
      life().heart.start(shared.random().getAsDouble());
      Duration lifetime = settings.hold().lifetime();
      if (lifetime != null) {
        pending = in(lifetime, () -> close(CloseCode.NORMAL));
      }
    }
  }

  private void refused(Event.Refused refused) {
    cancel();
    if (goodBye != 0) {
      rest();
      return;
    }
    listener.onRefused(life().stage(), refused.failure(), life().evidence(refused.nanos()));
    failures++;
    retry();
  }

  private void ended(Event.Ended event) {
    cancel();
    life().heart.stop();
    Ended ended = life().ended(event.ending(), event.nanos());
    listener.onEnded(ended);
    failures = ended.age().compareTo(settings.hold().backOff().stable()) >= 0 ? 0 : failures;
    if (goodBye != 0) {
      rest();
    } else if (ended.ending().isDrop()) {
      dropped = event.nanos();
      failures++;
      retry();
    } else {
      await(Duration.ZERO);
    }
  }

  private void retry() {
    await(settings.hold().backOff().delay(failures, shared.random().getAsDouble()));
  }

  private void rest() {
    enter(State.STOPPED);
    ears = null;
    life = null;
    stopped.complete(null);
  }

  /** Set by whatever led to a state in which it is asked for. */
  private Life life() {
    if (life == null) {
      throw new IllegalStateException("not dialled");
    }
    return life;
  }

  /** What one connection's threads say; nothing once the next connection is dialled. */
  private final class Ears implements Listener {
    private void post(Runnable task) {
      serial.execute(
          () -> {
            if (ears == this) {
              task.run();
            }
          });
    }

    @Override
    public void onEvent(Connection connection, Event event) {
      post(() -> on(event));
    }

    @Override
    public void onOpen(Connection connection) {
      post(Keeper.this::ready);
    }

    @Override
    public void onMessage(Connection connection, Message message) {
      post(() -> life().heart.received(message));
    }
  }
}
