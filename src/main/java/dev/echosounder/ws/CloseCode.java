package dev.echosounder.ws;

import java.util.Map;

/** Close status codes (RFC 6455 §7.4 and the IANA registry): their names and their buckets. */
public final class CloseCode {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  public static final int UNSUPPORTED_DATA = 1003;

  /** Never on the wire: the close frame had no status (RFC 6455 §7.1.5). */
  public static final int NO_STATUS = 1005;

  /** Never on the wire: there was no close frame (RFC 6455 §7.1.5). */
  public static final int ABNORMAL = 1006;

  public static final int INVALID_PAYLOAD = 1007;
  public static final int POLICY_VIOLATION = 1008;
  public static final int MESSAGE_TOO_BIG = 1009;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(NORMAL, "normal closure"),
          Map.entry(GOING_AWAY, "going away"),
          Map.entry(PROTOCOL_ERROR, "protocol error"),
          Map.entry(UNSUPPORTED_DATA, "unsupported data"),
          Map.entry(NO_STATUS, "no status received"),
          Map.entry(ABNORMAL, "abnormal closure"),
          Map.entry(INVALID_PAYLOAD, "invalid frame payload data"),
          Map.entry(POLICY_VIOLATION, "policy violation"),
          Map.entry(MESSAGE_TOO_BIG, "message too big"),
          Map.entry(1010, "mandatory extension"),
          Map.entry(1011, "internal error"),
          Map.entry(1012, "service restart"),
          Map.entry(1013, "try again later"),
          Map.entry(1014, "bad gateway"),
          Map.entry(1015, "tls handshake"));

  private CloseCode() {}

  /** The registered names by code, for parsers and documentation. */
  public static Map<Integer, String> names() {
    return NAMES;
  }

  /** The code with its registered name: {@code 1001 going away}, {@code 4001}. */
  public static String describe(int code) {
    String name = NAMES.get(code);
    return name == null ? Integer.toString(code) : code + " " + name;
  }

  /** The metric label: a registered code, {@code 3xxx}, {@code 4xxx} or {@code other}. */
  public static String bucket(int code) {
    if (NAMES.containsKey(code)) {
      return Integer.toString(code);
    }
    return code >= 3000 && code <= 3999 ? "3xxx" : code >= 4000 && code <= 4999 ? "4xxx" : "other";
  }
}
