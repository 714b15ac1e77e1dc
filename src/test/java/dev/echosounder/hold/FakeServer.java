package dev.echosounder.hold;

import dev.echosounder.check.FakeTimer;
import dev.echosounder.check.Link;
import dev.echosounder.check.Payload;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives a keeper connections that do what the test says. Single-threaded. */
final class FakeServer {
  /** A keeper does not look at it, and only a client can make one. */
  @SuppressWarnings("NullAway")
  private static final Connection UNSEEN = null;

  final FakeTimer timer;
  final List<FakeLink> links = new ArrayList<>();

  FakeServer(FakeTimer timer) {
    this.timer = timer;
  }

  Link dial(Listener listener) {
    FakeLink link = new FakeLink(listener);
    links.add(link);
    return link;
  }

  FakeLink last() {
    return links.get(links.size() - 1);
  }

  long alive() {
    return links.stream().filter(l -> !l.over).count();
  }

  final class FakeLink implements Link {
    final Listener listener;
    final Timeline timeline = Timelines.startingAt(timer::nanos);
    final List<String> asked = new ArrayList<>();
    boolean upgraded;
    boolean ready;
    boolean over;

    FakeLink(Listener listener) {
      this.listener = listener;
    }

    private void happens(Event event) {
      if (!over) {
        Timelines.add(timeline, event);
        over = event instanceof Event.Ended || event instanceof Event.Refused;
        listener.onEvent(UNSEEN, event);
      }
    }

    void upgrades() {
      happens(new Event.Upgrading(timer.nanos(), "GET / HTTP/1.1", List.of()));
      upgraded = true;
      happens(new Event.Upgraded(timer.nanos(), 101, List.of(), null, List.of()));
    }

    void opens() {
      upgrades();
      ready();
    }

    void ready() {
      ready = true;
      listener.onOpen(UNSEEN);
    }

    void refuses(ConnectFailure.Cause cause) {
      happens(new Event.Refused(timer.nanos(), new ConnectFailure(cause, "", null)));
    }

    void pongs(String data) {
      receives(Opcode.PONG, Bytes.utf8(data));
      listener.onMessage(UNSEEN, new Message.Pong(timer.nanos(), Bytes.utf8(data)));
    }

    void says(String text) {
      receives(Opcode.TEXT, Bytes.utf8(text));
      listener.onMessage(UNSEEN, new Message.Text(timer.nanos(), text, text.length()));
    }

    private void receives(Opcode opcode, Bytes bytes) {
      happens(new Event.Received(timer.nanos(), new Frame(opcode, true, 0, bytes.size(), bytes)));
    }

    void ends(Ending.Cause cause) {
      happens(new Event.Ended(timer.nanos(), new Ending(cause, 1006, "", false, "")));
    }

    @Override
    public Timeline timeline() {
      return timeline;
    }

    @Override
    public CompletableFuture<Void> send(Payload payload) {
      asked.add("send " + payload);
      sends(payload.opcode(), payload.bytes());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> ping(Bytes data) {
      asked.add("ping " + data.asUtf8());
      sends(Opcode.PING, data);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> pong(Bytes data) {
      asked.add("pong " + data.asUtf8());
      sends(Opcode.PONG, data);
      return CompletableFuture.completedFuture(null);
    }

    private void sends(Opcode opcode, Bytes bytes) {
      happens(new Event.Sent(timer.nanos(), new Frame(opcode, true, 0, bytes.size(), bytes)));
    }

    @Override
    public void close(int code) {
      asked.add("close " + code + (ready ? "" : " too early"));
    }

    @Override
    public void abort(Ending.Cause cause, String detail) {
      asked.add("abort " + cause.label() + " " + detail);
    }
  }
}
