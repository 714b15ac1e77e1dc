package dev.echosounder.peer;

import java.time.Duration;
import java.util.List;

/** The behaviours that end a connection without a closing handshake. */
final class Cutting {
  private static final Parameter<Duration> TIMEOUT =
      Parameter.duration("timeout", "1s", "the silence that is too long");
  private static final Parameter<Idle.How> IDLE_HOW =
      Parameter.choice("how", Idle.How.class, "fin", "how the connection is cut");
  private static final Parameter<Duration> WITHIN =
      Parameter.duration("within", "1s", "how long the client's kernel has");

  private Cutting() {}

  static List<Entry> entries() {
    return List.of(
        Entry.ending(
            "/reset",
            "/reset?after=1",
            "RST without a close frame",
            List.of(),
            (call, session) -> session.reset()),
        Entry.ending(
            "/fin",
            "/fin?after=1",
            "FIN without a close frame",
            List.of(),
            (call, session) -> session.fin()),
        Entry.ending(
            "/half-open",
            "/half-open?after=1",
            "stops reading and writing for ever, keeps TCP open",
            List.of(),
            (call, session) -> session.link().freeze()),
        Entry.ending(
            "/cut",
            "/cut?after=1&how=reset",
            "sends the first half of a frame, then FIN or RST",
            List.of(Parameters.HOW),
            (call, session) -> {
              session.lastWords(Frame.of(Frame.TEXT, new byte[10]).bytes(), 7);
              call.get(Parameters.HOW).act(session::fin, session::reset);
            }),
        Entry.echoing(
            "/idle",
            "/idle?timeout=1s&how=1001",
            "cuts after that much silence of the client",
            List.of(TIMEOUT, IDLE_HOW),
            call -> new Idle(new Echo(call), call.get(TIMEOUT), call.get(IDLE_HOW))),
        Entry.echoing(
            "/impatient",
            "/impatient?within=500ms",
            "RST when the client does not take an echo in that time",
            List.of(WITHIN),
            call -> new Impatient(new Echo(call), call.get(WITHIN))));
  }
}
