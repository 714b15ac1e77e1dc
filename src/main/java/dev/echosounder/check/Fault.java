package dev.echosounder.check;

import java.util.Locale;

/** Why a run failed although the connection itself gave no cause: a closed set. */
public enum Fault {
  /** The deadline passed after the connection had opened. */
  TIMEOUT,
  /** A message arrived that is not the expected one. */
  UNEXPECTED_MESSAGE,
  /** A scenario's step saw something else than it expects, on a connection that was well. */
  UNMET_EXPECTATION,
  /** Everything was answered, but the peer did not answer our close frame (RFC 6455 §7.1.4). */
  UNCLEAN_CLOSE;

  /** The label's value: {@code unexpected_message}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
