package dev.echosounder.ws;

import java.util.Locale;

/**
 * The seven phases that a connection's time is split into. Where redirects are followed, each of
 * the first four is the sum over all hops.
 */
public enum Phase {
  /** From the look-up's start to its answer; through a proxy, of the proxy's name. */
  DNS,
  /**
   * TCP's handshake with the address that answered. Through a proxy: with the proxy, and from there
   * until its tunnel is open, in which time the proxy looks up and connects to the server. The
   * timeline tells the two apart: {@link Event.Connected}, {@link Event.Tunnelled}.
   */
  TCP,
  /** The TLS handshake. */
  TLS,
  /** From the upgrade request being written to the 101. */
  UPGRADE,
  /** From the 101 to the first data frame from the peer. */
  FIRST_MESSAGE,
  /** From the first data frame that we sent to the first one received after it. */
  ECHO,
  /** From the first close frame, either way, to the end. */
  CLOSE;

  /** The label's value: {@code first_message}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
