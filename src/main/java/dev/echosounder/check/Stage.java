package dev.echosounder.check;

import dev.echosounder.ws.Event;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a run stands: what it waits for. */
public enum Stage {
  /** Nothing has happened yet. */
  START("the attempt to begin"),
  DNS("the host name's addresses"),
  TCP("the TCP handshake"),
  TLS("the TLS handshake"),
  UPGRADE("the answer to the upgrade"),
  /** Messages that the server sends before it is asked anything. */
  GREETING("the server's greeting"),
  ECHO("the echo"),
  PONG("the pong"),
  /** A message of a dialogue. */
  MESSAGE("the expected message"),
  /** Whether and when a silent connection is cut. */
  SILENCE("the end of the silence"),
  /** Whatever a scenario's steps wait for. */
  SCENARIO("the scenario's end"),
  /** Open, with nothing left to do but to stay so. */
  HELD("the connection to stay open"),
  CLOSE("the end of the closing handshake");

  private final String awaited;

  Stage(String awaited) {
    this.awaited = awaited;
  }

  /** The label's value: {@code upgrade}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where an attempt to connect stands after this event; null if the event does not tell. */
  public static @Nullable Stage after(Event event) {
    if (event instanceof Event.Resolving) {
      return DNS;
    } else if (event instanceof Event.Connecting) {
      return TCP;
    } else if (event instanceof Event.TlsStarted) {
      return TLS;
    }
    return event instanceof Event.Upgrading ? UPGRADE : null;
  }

  /** What is waited for, for a person. */
  public String awaited() {
    return awaited;
  }
}
