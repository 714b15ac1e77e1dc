package dev.echosounder.ws;

import dev.echosounder.ws.Ending.Cause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides why a connection ended. Facts come from several threads in any order; the first that can
 * be a cause wins, and {@link #closed} gives the ending exactly once. Thread-safe.
 */
final class EndingMachine {
  /** Guarded by this. */
  private @Nullable Cause cause;

  /** Guarded by this. */
  private String detail = "";

  /** Guarded by this. */
  private String note = "";

  /** Guarded by this: a close frame of ours that our caller asked for may follow. */
  private boolean closeRequested;

  /** Guarded by this. */
  private boolean closeSent;

  /** Guarded by this. */
  private @Nullable Frame closeReceived;

  /** Guarded by this. */
  private boolean over;

  /** Our caller asks for a close frame. False if one was asked for, or it is closing already. */
  synchronized boolean requestClose() {
    if (closeRequested || closeSent || closeReceived != null || cause != null) {
      return false;
    }
    closeRequested = true;
    return true;
  }

  /**
   * A close frame of ours is handed to the socket. One that nobody asked for is the library's own:
   * it answers the peer's, or it punishes a violation.
   */
  synchronized void sentClose(int code) {
    closeSent = true;
    if (closeRequested) {
      decide(Cause.CLOSED_BY_US, "");
    } else if (code == CloseCode.MESSAGE_TOO_BIG) {
      decide(Cause.LOCAL_ERROR, "a message was over our limit");
    } else if (code == CloseCode.PROTOCOL_ERROR
        || code == CloseCode.INVALID_PAYLOAD
        || code == CloseCode.UNSUPPORTED_DATA) {
      decide(Cause.PROTOCOL_VIOLATION, "");
    } else {
      decide(Cause.LOCAL_ERROR, "we closed with " + CloseCode.describe(code));
    }
  }

  /** The peer's close frame has arrived. A second one changes nothing. */
  synchronized void receivedClose(Frame frame) {
    if (closeReceived == null) {
      closeReceived = frame;
      decide(causeOf(frame), "");
    }
  }

  /** Something that explains an end to come. */
  synchronized void note(String text) {
    note = " after " + text;
  }

  /** The stream has ended: FIN. */
  synchronized void eof() {
    decide(Cause.EOF, "the stream ended without a close frame" + note);
  }

  /** TCP was reset. */
  synchronized void reset(String seen) {
    decide(Cause.RESET, seen + note);
  }

  /** We cut it. */
  synchronized void abort(Cause why, String text) {
    decide(why, text);
    if (cause == why && detail.isEmpty()) {
      detail = text;
    }
  }

  /** What the library threw; explains a cause that has no detail yet. */
  synchronized void failed(Throwable failure) {
    if (cause == Cause.PROTOCOL_VIOLATION || cause == Cause.LOCAL_ERROR) {
      explain(failure);
    } else if (Failures.isTls(failure)) {
      decide(Cause.TLS_ERROR, Failures.text(failure));
    }
  }

  /** Whether the cause is known. */
  synchronized boolean decided() {
    return cause != null;
  }

  /** How the stream ended, for one that was never upgraded. */
  synchronized String howCut() {
    return cause == Cause.RESET ? "reset (" + detail + ")" : "the stream ended" + note;
  }

  /** TCP is closed. The ending, the first time; empty ever after. */
  synchronized Optional<Ending> closed() {
    if (over) {
      return Optional.empty();
    }
    over = true;
    decide(Cause.EOF, "the stream ended without a close frame");
    Frame frame = closeReceived;
    boolean clean = closeSent && frame != null;
    String text = detail;
    if (cause == Cause.CLOSED_BY_US && frame == null && text.isEmpty()) {
      text = "the peer did not answer our close frame";
    }
    return Optional.of(
        new Ending(
            cause == null ? Cause.EOF : cause,
            frame == null ? CloseCode.ABNORMAL : frame.closeCode(),
            frame == null ? "" : frame.closeReason(),
            clean,
            text));
  }

  private void decide(Cause why, String text) {
    if (cause == null) {
      cause = why;
      detail = text;
    }
  }

  private void explain(Throwable failure) {
    String seen = Failures.text(failure);
    detail = detail.isEmpty() ? seen : detail + ": " + seen;
  }

  private static Cause causeOf(Frame frame) {
    int code = frame.closeCode();
    if (code == CloseCode.NORMAL) {
      return Cause.PEER_NORMAL;
    } else if (code == CloseCode.GOING_AWAY) {
      return Cause.PEER_GOING_AWAY;
    } else if (code == CloseCode.NO_STATUS) {
      return Cause.PEER_NO_STATUS;
    }
    return code >= 3000 ? Cause.PEER_APPLICATION : Cause.PEER_ERROR;
  }
}
