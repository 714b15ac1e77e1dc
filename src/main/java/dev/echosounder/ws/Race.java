package dev.echosounder.ws;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305 §5): the next one is dialled
 * when one has failed, or has not answered within {@link #HEAD_START}; the first that connects wins
 * and the others are given up. So one address that is black-holed costs a quarter of a second, not
 * the whole connect timeout. Called by look-up threads, I/O threads and the timer.
 */
final class Race {
  /** RFC 8305 §5: the recommended Connection Attempt Delay. */
  static final Duration HEAD_START = Duration.ofMillis(250);

  private final Attempt attempt;
  private final Consumer<Leg> dial;

  /** Guarded by this: not dialled yet. */
  private final Deque<SocketAddress> waiting;

  /** Guarded by this: dialled, and neither won nor failed. */
  private final List<Leg> running = new ArrayList<>(1);

  /** Guarded by this. */
  private Client.@Nullable Timer timer;

  /** Guarded by this: nobody can win any more. */
  private boolean decided;

  /** Guarded by this: its failures are told to whoever waits for the race. */
  private @Nullable Leg winner;

  /** Guarded by this. */
  private boolean toldFailure;

  /**
   * A race that has not begun.
   *
   * @param dial connects a leg without blocking, and tells it what happens
   */
  Race(Attempt attempt, List<? extends SocketAddress> addresses, Consumer<Leg> dial) {
    this.attempt = attempt;
    this.waiting = new ArrayDeque<>(addresses);
    this.dial = dial;
  }

  /** Dials the next address, if it is still worth it. */
  void next() {
    Leg leg;
    synchronized (this) {
      cancelTimer();
      SocketAddress remote = decided ? null : waiting.poll();
      if (remote == null) {
        return;
      }
      leg = new Leg(remote);
      running.add(leg);
      // With the lock held: a winner that comes now must find it told, to tell its end.
      attempt.onConnecting(leg.remote);
      if (!waiting.isEmpty()) {
        timer = attempt.after(HEAD_START, this::next);
      }
    }
    dial.accept(leg);
  }

  /** Closes every socket, the winner's too. */
  void abandon() {
    List<Leg> all;
    synchronized (this) {
      decided = true;
      cancelTimer();
      all = new ArrayList<>(running);
      if (winner != null) {
        all.add(winner);
      }
      running.clear();
    }
    all.forEach(Leg::close);
  }

  /** Only with the lock held. */
  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** One address that is dialled. */
  final class Leg {
    private final SocketAddress remote;

    /** Guarded by the race. */
    private @Nullable SelectableChannel channel;

    private Leg(SocketAddress remote) {
      this.remote = remote;
    }

    SocketAddress remote() {
      return remote;
    }

    /** Its socket is there; it is closed if the race is over already. */
    void onChannel(SelectableChannel opened) {
      synchronized (Race.this) {
        channel = opened;
        if (!decided) {
          return;
        }
      }
      // Given up between the look-up and this: abandon() had no channel to close.
      IO.close(opened);
    }

    /**
     * It has connected.
     *
     * @throws IOException if it comes too late
     */
    void win() throws IOException {
      List<Leg> losers;
      synchronized (Race.this) {
        if (decided) {
          throw new IOException("another address was faster, or the attempt is over");
        }
        decided = true;
        winner = this;
        cancelTimer();
        running.remove(this);
        losers = List.copyOf(running);
        running.clear();
      }
      for (Leg loser : losers) {
        loser.close();
        attempt.onNotConnected(loser.remote, "given up: another address answered first");
      }
    }

    /**
     * It has failed: the next one's turn.
     *
     * @return whether that is the failure of the whole race
     */
    boolean fail(Throwable failure) {
      boolean last;
      synchronized (Race.this) {
        if (decided) {
          // A loser's socket, closed by the winner; or all of them, closed by abandon(), of which
          // the first tells whoever waits.
          boolean tell = (winner == null || winner == this) && !toldFailure;
          toldFailure |= tell;
          return tell;
        }
        running.remove(this);
        last = running.isEmpty() && waiting.isEmpty();
        decided = last;
        toldFailure = last;
      }
      attempt.onNotConnected(remote, Failures.text(failure));
      next();
      return last;
    }

    private void close() {
      SelectableChannel open;
      synchronized (Race.this) {
        open = channel;
      }
      IO.close(open);
    }
  }
}
