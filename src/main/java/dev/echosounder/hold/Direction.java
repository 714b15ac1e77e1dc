package dev.echosounder.hold;

import java.util.Locale;

/** Which way a frame went. */
public enum Direction {
  /** From us. */
  SENT,
  /** To us. */
  RECEIVED;

  /** The label's value: {@code sent}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
