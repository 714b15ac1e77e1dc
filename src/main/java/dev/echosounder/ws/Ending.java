package dev.echosounder.ws;

import java.util.Locale;

/**
 * Why an opened connection ended. Exactly one per opened connection; the first cause wins.
 *
 * @param cause the closed set that metrics use as a label
 * @param code the connection close code of RFC 6455 §7.1.5: the peer's, else 1006
 * @param reason the peer's close reason; empty if there is none
 * @param clean whether both close frames were seen before TCP ended (RFC 6455 §7.1.4)
 * @param detail what was seen, for a person
 */
public record Ending(Cause cause, int code, String reason, boolean clean, String detail) {
  /** The closed set of causes. Adding one adds a series to every dashboard: think twice. */
  public enum Cause {
    /** We sent the first close frame. Never a drop. */
    CLOSED_BY_US,
    /** The peer closed with 1000. */
    PEER_NORMAL,
    /** The peer closed with 1001. */
    PEER_GOING_AWAY,
    /** The peer closed with another code below 3000: it says that something went wrong. */
    PEER_ERROR,
    /** The peer closed with its application's code, 3000–4999. */
    PEER_APPLICATION,
    /** The peer's close frame had no status code (1005). */
    PEER_NO_STATUS,
    /** The stream ended (FIN) with no close frame (1006). */
    EOF,
    /** TCP was reset (RST). */
    RESET,
    /** The peer broke RFC 6455 or RFC 7692. */
    PROTOCOL_VIOLATION,
    /** The peer was silent past the liveness deadline. */
    LIVENESS_TIMEOUT,
    /** Cut after a silence that matches the learnt idle limit. */
    IDLE_CUT,
    /** TLS failed after the connection had opened. */
    TLS_ERROR,
    /** Our own doing: a limit of ours, a full inbox, a defect. */
    LOCAL_ERROR;

    /** The label's value: {@code peer_going_away}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it counts as a drop: everything but our own close. */
  public boolean isDrop() {
    return cause != Cause.CLOSED_BY_US;
  }

  @Override
  public String toString() {
    String text = cause.label() + " (" + CloseCode.describe(code) + ")";
    text += reason.isEmpty() ? "" : " \"" + reason + "\"";
    return text + (clean ? "" : ", not clean") + (detail.isEmpty() ? "" : ": " + detail);
  }
}
