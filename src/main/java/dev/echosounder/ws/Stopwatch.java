package dev.echosounder.ws;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Turns events into the durations of the phases. Not thread-safe: its timeline guards it. */
final class Stopwatch {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final EnumMap<Phase, Duration> phases = new EnumMap<>(Phase.class);

  /** What has ended on this hop: a redirect begins another, and durations add up. */
  private final EnumSet<Phase> ended = EnumSet.noneOf(Phase.class);

  /** The handshakes begun with addresses, until one is done; then it holds no list of its own. */
  private List<Event.Connecting> dialled = List.of();

  private long dns = NOT_YET;
  private long tunnel = NOT_YET;
  private long tls = NOT_YET;
  private long upgrade = NOT_YET;
  private long open = NOT_YET;
  private long firstSent = NOT_YET;
  private long firstClose = NOT_YET;

  Map<Phase, Duration> phases() {
    return phases;
  }

  void on(Event event) {
    long now = event.nanos();
    if (event instanceof Event.Received received) {
      onReceived(now, received.frame());
    } else if (event instanceof Event.Sent sent) {
      onSent(now, sent.frame());
    } else if (event instanceof Event.Resolving) {
      dns = now;
    } else if (event instanceof Event.Resolved) {
      end(Phase.DNS, dns, now);
    } else if (event instanceof Event.Connecting connecting) {
      dialled = new ArrayList<>(dialled);
      dialled.add(connecting);
    } else if (event instanceof Event.Connected connected) {
      onConnected(now, connected.remote());
    } else if (event instanceof Event.Tunnelling) {
      tunnel = now;
    } else if (event instanceof Event.Tunnelled) {
      phases.merge(Phase.TCP, Duration.ofNanos(now - tunnel), Duration::plus);
    } else if (event instanceof Event.TlsStarted) {
      tls = now;
    } else if (event instanceof Event.TlsDone) {
      end(Phase.TLS, tls, now);
    } else if (event instanceof Event.Upgrading) {
      upgrade = now;
    } else if (event instanceof Event.Upgraded) {
      end(Phase.UPGRADE, upgrade, now);
      open = now;
    } else if (event instanceof Event.Redirected) {
      end(Phase.UPGRADE, upgrade, now);
      ended.clear();
    } else if (event instanceof Event.Refused refused && refused.failure().response() != null) {
      end(Phase.UPGRADE, upgrade, now);
    } else if (event instanceof Event.Unauthorized) {
      phases.clear(); // They are the phases of the attempt that counts, which begins now.
    } else if (event instanceof Event.Ended) {
      end(Phase.CLOSE, firstClose, now);
    }
  }

  private void onConnected(long now, SocketAddress remote) {
    long tcp = NOT_YET;
    for (Event.Connecting begun : dialled) {
      tcp = begun.remote().equals(remote) ? begun.nanos() : tcp;
    }
    end(Phase.TCP, tcp, now);
    dialled = List.of();
  }

  private void onReceived(long now, Frame frame) {
    if (frame.opcode().isData()) {
      end(Phase.FIRST_MESSAGE, open, now);
      end(Phase.ECHO, firstSent, now);
    } else if (frame.opcode() == Opcode.CLOSE) {
      firstClose(now);
    }
  }

  private void onSent(long now, Frame frame) {
    if (frame.opcode().isData() && firstSent == NOT_YET) {
      firstSent = now;
    } else if (frame.opcode() == Opcode.CLOSE) {
      firstClose(now);
    }
  }

  private void firstClose(long now) {
    if (firstClose == NOT_YET) {
      firstClose = now;
    }
  }

  /** The first end counts: a phase happens once on a hop. */
  private void end(Phase phase, long start, long now) {
    if (start != NOT_YET && ended.add(phase)) {
      phases.merge(phase, Duration.ofNanos(now - start), Duration::plus);
    }
  }
}
