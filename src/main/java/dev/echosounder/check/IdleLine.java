package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Opcode;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the connections of an {@link IdleRun}: what it sends, and what was seen of it. The run's
 * tasks read and write it, one at a time; I/O threads only hand events on.
 */
final class IdleLine implements Listener {
  /** What a line sends, ever more rarely. */
  enum Traffic {
    NONE,
    PING,
    PONG,
    DATA
  }

  /** Hears of events; called on I/O threads. */
  interface Watcher {
    void happened(IdleLine line, Event event);

    /** It can send. */
    void opened(IdleLine line);
  }

  /** Frames that a timeline keeps: more than a run sends and receives by itself. */
  static final int FRAMES = 100;

  private static final Bytes BEAT = Bytes.utf8("echosounder");

  /** Another one, so that a late pong is no answer to it. */
  private static final Bytes QUESTION = Bytes.utf8("echosounder?");

  /** How servers and proxies end a connection that they are tired of. */
  private static final Set<Ending.Cause> CUTS =
      EnumSet.of(
          Ending.Cause.EOF,
          Ending.Cause.RESET,
          Ending.Cause.PEER_NORMAL,
          Ending.Cause.PEER_GOING_AWAY,
          Ending.Cause.PEER_ERROR,
          Ending.Cause.PEER_APPLICATION,
          Ending.Cause.PEER_NO_STATUS);

  final Traffic traffic;
  private final Watcher watcher;

  @Nullable Link link;
  Stage stage = Stage.START;
  boolean open;
  boolean refused;

  /** We have said good-bye. */
  boolean closing;

  @Nullable Ending ending;

  /** When it was upgraded, and when the peer began to end it; in nanoseconds of the clock. */
  private long opened;

  private @Nullable Long ended;

  /** When a frame last went either way, or the upgrade. */
  private long last;

  /** The longest silence so far that was followed by a frame, ours or the peer's. */
  private long longest;

  /** The longest silence so far that was followed by a frame of the peer's. */
  long survived;

  /** How long it was silent when it was asked whether it lives. */
  long askedAfter;

  private boolean asked;
  int pongs;

  /** Calls off what it would send next. */
  Runnable next = () -> {};

  IdleLine(Traffic traffic, Watcher watcher) {
    this.traffic = traffic;
    this.watcher = watcher;
  }

  @Override
  public void onEvent(Connection connection, Event event) {
    event(event);
  }

  @Override
  public void onOpen(Connection connection) {
    open();
  }

  void event(Event event) {
    watcher.happened(this, event);
  }

  void open() {
    watcher.opened(this);
  }

  void on(Event event) {
    if (event instanceof Event.Sent sent && sent.frame().opcode() != Opcode.CLOSE) {
      frame(sent.nanos());
    } else if (event instanceof Event.Received received) {
      received(received.frame(), received.nanos());
    } else if (event instanceof Event.Ended end) {
      open = false;
      ending = end.ending();
      ended = ended == null ? (Long) end.nanos() : ended;
    } else if (event instanceof Event.Upgraded upgraded) {
      stage = Stage.SILENCE;
      opened = upgraded.nanos();
      last = opened;
    } else if (event instanceof Event.Refused) {
      refused = true;
    } else if (event instanceof Event.Resolving) {
      stage = Stage.DNS;
    } else if (event instanceof Event.Connecting) {
      stage = Stage.TCP;
    } else if (event instanceof Event.TlsStarted) {
      stage = Stage.TLS;
    } else if (event instanceof Event.Upgrading) {
      stage = Stage.UPGRADE;
    }
  }

  private void received(Frame frame, long nanos) {
    if (frame.opcode() == Opcode.CLOSE) {
      // The cut is when the peer says so: some let the FIN follow seconds later.
      ended = ended == null ? (Long) nanos : ended;
      return;
    }
    frame(nanos);
    survived = longest;
    if (frame.opcode() == Opcode.PONG) {
      pongs++;
      asked &= !frame.excerpt().equals(QUESTION);
    }
  }

  private void frame(long nanos) {
    longest = Math.max(longest, nanos - last);
    last = nanos;
  }

  boolean dialled() {
    return link != null;
  }

  /** Nothing more will happen. */
  boolean over() {
    return refused || ending != null;
  }

  /** The other side ended it. */
  boolean cut() {
    return ending != null && CUTS.contains(ending.cause());
  }

  boolean silent() {
    return traffic == Traffic.NONE;
  }

  /** Until its end, if it has ended. */
  long age(long now) {
    return (ended == null ? now : ended) - opened;
  }

  /** Until its end, if it has ended. */
  long silence(long now) {
    return (ended == null ? now : ended) - last;
  }

  /** The longest silence that did not end it, as far as can be seen without an answer. */
  long keptFor() {
    return longest;
  }

  /** Sends one frame of its kind; whether it arrives, the ending tells. */
  void speak(@Nullable String text) {
    Link to = link;
    if (to != null && open) {
      var unused =
          switch (traffic) {
            case NONE, PING -> to.ping(BEAT);
            case PONG -> to.pong(BEAT);
            case DATA -> to.send(Payload.text(text == null ? "" : text));
          };
    }
  }

  /** From here on it is unanswered until it has answered what {@link #ask} asks. */
  void expectAnswer() {
    asked = true;
  }

  /** Asks for a sign of life. */
  void ask(long now) {
    Link to = link;
    if (to != null && open) {
      asked = true;
      askedAfter = silence(now);
      var unused = to.ping(QUESTION);
    }
  }

  boolean unanswered() {
    return asked;
  }

  /** One that is not open yet has to be closed as soon as it is; once is enough. */
  void close() {
    Link to = link;
    if (to != null && open && !closing) {
      closing = true;
      next.run();
      to.close(CloseCode.NORMAL);
    }
  }

  void abort() {
    Link to = link;
    if (to != null && !over()) {
      to.abort(Ending.Cause.LIVENESS_TIMEOUT, "the check's deadline passed");
    }
  }
}
