package dev.echosounder.report;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Opcode;

/** One frame in words: type, fragment, reserved bits, length, the payload's beginning. */
final class FrameText {
  /** How many bytes are shown as hex: they take three columns each. */
  private static final int HEX_BYTES = 24;

  private FrameText() {}

  static String of(Frame frame) {
    String content = content(frame);
    if (frame.opcode() == Opcode.CLOSE) {
      return kind(frame) + ' ' + content;
    }
    String text = kind(frame) + ", " + frame.length() + (frame.length() == 1 ? " byte" : " bytes");
    return content.isEmpty() ? text : text + " " + content;
  }

  /** Type, fragment, reserved bits. */
  static String kind(Frame frame) {
    StringBuilder text = new StringBuilder(frame.opcode().label());
    if (frame.opcode().isData() && (!frame.fin() || frame.opcode() == Opcode.CONTINUATION)) {
      text.append(frame.fin() ? " (last fragment)" : " (fragment, more follow)");
    }
    if (frame.compressed()) {
      text.append(" compressed");
    }
    if ((frame.rsv() & 3) != 0) {
      text.append(" RSV").append(reserved(frame.rsv()));
    }
    return text.toString();
  }

  /** A close frame's code and reason, or the payload's beginning; empty if there is none. */
  static String content(Frame frame) {
    if (frame.opcode() == Opcode.CLOSE) {
      return close(frame);
    }
    return frame.excerpt().size() == 0 ? "" : excerpt(frame);
  }

  private static String reserved(int rsv) {
    return (rsv & 3) == 3 ? "2+3" : (rsv & 2) != 0 ? "2" : "3";
  }

  private static String close(Frame frame) {
    if (frame.length() == 1) {
      return "with a payload of 1 byte, which is no code (RFC 6455 §5.5.1)";
    }
    String code = CloseCode.describe(frame.closeCode());
    return frame.closeReason().isEmpty() ? code : code + " " + Visible.quoted(frame.closeReason());
  }

  private static String excerpt(Frame frame) {
    if (frame.opcode() == Opcode.TEXT && !frame.compressed()) {
      String text = frame.excerpt().asUtf8();
      return frame.whole() ? Visible.quoted(text) : Visible.quoted(withoutTornEnd(text)) + "…";
    }
    Bytes shown = frame.excerpt().slice(0, Math.min(frame.excerpt().size(), HEX_BYTES));
    return shown.toHex() + (shown.size() < frame.length() ? " …" : "");
  }

  /** The excerpt may end inside a character: what is left of it would look like bad UTF-8. */
  static String withoutTornEnd(String text) {
    int end = text.length();
    for (int torn = 0; torn < 3 && end > 0 && text.charAt(end - 1) == '\uFFFD'; torn++) {
      end--;
    }
    return text.substring(0, end);
  }
}
