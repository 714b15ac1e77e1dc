package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A server in made-up time: what it cuts, when and how, is what the test sets. */
final class IdleServer {
  final FakeTimer timer;
  final List<Line> lines = new ArrayList<>();

  /** What counts as traffic of the client. */
  Set<Opcode> counts = EnumSet.of(Opcode.PING, Opcode.PONG, Opcode.TEXT);

  @Nullable Duration idle;
  @Nullable Duration age;

  /** What each further connection adds to the idle limit. */
  Duration drift = Duration.ZERO;

  Ending.Cause how = Ending.Cause.EOF;
  boolean mute;
  boolean blackHole;
  boolean opens = true;
  boolean answersClose = true;
  ConnectFailure.@Nullable Cause refuses;
  @Nullable String subprotocol;

  IdleServer(FakeTimer timer) {
    this.timer = timer;
  }

  Link accept(IdleLine line) {
    Line link = new Line(line);
    lines.add(link);
    return link;
  }

  final class Line implements Link {
    final IdleLine line;
    final Timeline timeline = Timelines.startingAt(timer::nanos);
    final List<String> asked = new ArrayList<>();
    final int number = lines.size();
    private Runnable cut = () -> {};
    private Runnable old = () -> {};
    private boolean over;
    private boolean gone;

    Line(IdleLine line) {
      this.line = line;
      timer.after(Duration.ZERO, this::connect);
    }

    private void connect() {
      happens(new Event.Upgrading(timer.nanos(), "GET / HTTP/1.1", List.of()));
      if (refuses != null) {
        over = true;
        happens(new Event.Refused(timer.nanos(), new ConnectFailure(refuses, "no", null)));
      } else if (opens) {
        happens(new Event.Upgraded(timer.nanos(), 101, List.of(), subprotocol, List.of()));
        line.open();
        rest();
        if (age != null) {
          old = timer.after(age, () -> ends(how));
        }
      }
    }

    private void rest() {
      cut.run();
      if (idle != null) {
        cut = timer.after(idle.plus(drift.multipliedBy(number)), this::tired);
      }
    }

    private void tired() {
      if (blackHole) {
        gone = true;
      } else {
        ends(how);
      }
    }

    void ends(Ending.Cause cause) {
      if (!over) {
        over = true;
        cut.run();
        old.run();
        happens(new Event.Ended(timer.nanos(), new Ending(cause, 1006, "", false, "")));
      }
    }

    private void happens(Event event) {
      Timelines.add(timeline, event);
      line.event(event);
    }

    private CompletableFuture<Void> takes(Opcode opcode, Bytes bytes) {
      asked.add(opcode.label());
      Frame frame = new Frame(opcode, true, 0, bytes.size(), bytes);
      happens(new Event.Sent(timer.nanos(), frame));
      if (gone) {
        return CompletableFuture.completedFuture(null);
      }
      if (counts.contains(opcode)) {
        rest();
      }
      if (opcode == Opcode.PING && !mute) {
        Frame pong = new Frame(Opcode.PONG, true, 0, bytes.size(), bytes);
        timer.after(
            Duration.ofMillis(1),
            () -> {
              if (!over) {
                happens(new Event.Received(timer.nanos(), pong));
              }
            });
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Timeline timeline() {
      return timeline;
    }

    @Override
    public CompletableFuture<Void> send(Payload payload) {
      return takes(payload.opcode(), payload.bytes());
    }

    @Override
    public CompletableFuture<Void> ping(Bytes data) {
      return takes(Opcode.PING, data);
    }

    @Override
    public CompletableFuture<Void> pong(Bytes data) {
      return takes(Opcode.PONG, data);
    }

    @Override
    public void close(int code) {
      asked.add("close " + code);
      if (gone) {
        old = timer.after(Duration.ofSeconds(2), () -> ends(Ending.Cause.CLOSED_BY_US));
      } else if (answersClose) {
        ends(Ending.Cause.CLOSED_BY_US);
      }
    }

    @Override
    public void abort(Ending.Cause cause, String detail) {
      asked.add("abort");
      if (line.open) {
        ends(cause);
      }
    }
  }
}
