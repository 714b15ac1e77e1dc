package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Message;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Timeline;
import dev.echosounder.ws.Timelines;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection that does what the test says and notes what the run asked for. */
final class ScriptedLink implements Link {
  final FakeTimer timer;
  final Run run;
  final Timeline timeline;
  final List<String> asked = new ArrayList<>();
  CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

  ScriptedLink(FakeTimer timer, Run run) {
    this.timer = timer;
    this.run = run;
    this.timeline = Timelines.startingAt(timer::nanos);
  }

  void happens(Event event) {
    Timelines.add(timeline, event);
    run.event(event);
  }

  void opens() {
    reachesUpgrade();
    happens(new Event.Upgraded(timer.nanos(), 101, List.of(), null, List.of()));
    run.open();
  }

  void reachesUpgrade() {
    happens(new Event.Resolving(timer.nanos(), "localhost"));
    happens(
        new Event.Connecting(
            timer.nanos(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    happens(new Event.Upgrading(timer.nanos(), "GET / HTTP/1.1", List.of()));
  }

  void refuses(ConnectFailure.Cause cause, String detail) {
    happens(new Event.Refused(timer.nanos(), new ConnectFailure(cause, detail, null)));
  }

  void says(String text) {
    run.message(new Message.Text(timer.nanos(), text, text.length()));
  }

  void pongs(String data) {
    run.message(new Message.Pong(timer.nanos(), Bytes.utf8(data)));
  }

  void ends(Ending.Cause cause, int code, boolean clean) {
    happens(new Event.Ended(timer.nanos(), new Ending(cause, code, "", clean, "")));
  }

  void closesCleanly() {
    ends(Ending.Cause.CLOSED_BY_US, 1000, true);
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public CompletableFuture<Void> send(Payload payload) {
    asked.add("send " + payload);
    sent(payload.opcode(), payload.bytes());
    return sending;
  }

  @Override
  public CompletableFuture<Void> ping(Bytes data) {
    asked.add("ping " + data.asUtf8());
    sent(Opcode.PING, data);
    return sending;
  }

  @Override
  public CompletableFuture<Void> pong(Bytes data) {
    asked.add("pong " + data.asUtf8());
    sent(Opcode.PONG, data);
    return sending;
  }

  private void sent(Opcode opcode, Bytes bytes) {
    Frame frame = new Frame(opcode, true, 0, bytes.size(), bytes);
    happens(new Event.Sent(timer.nanos(), frame));
  }

  @Override
  public void close(int code) {
    asked.add("close " + code);
  }

  @Override
  public void abort(Ending.Cause cause, String detail) {
    asked.add("abort " + cause.label());
  }
}
