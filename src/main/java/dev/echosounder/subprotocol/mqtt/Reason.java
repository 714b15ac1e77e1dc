package dev.echosounder.subprotocol.mqtt;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reason codes (MQTT 5 §2.4) and the return codes of 3.1.1 (§3.2.2.3), by name. */
final class Reason {
  /** From here on, a code tells of a failure. */
  static final int FAILURE = 0x80;

  private static final Map<Integer, String> NAMES = new TreeMap<>();

  static {
    List.of(
            "0x00 success",
            "0x04 disconnect with will message",
            "0x10 no matching subscribers",
            "0x11 no subscription existed",
            "0x80 unspecified error",
            "0x81 malformed packet",
            "0x82 protocol error",
            "0x83 implementation specific error",
            "0x84 unsupported protocol version",
            "0x85 client identifier not valid",
            "0x86 bad user name or password",
            "0x87 not authorized",
            "0x88 server unavailable",
            "0x89 server busy",
            "0x8a banned",
            "0x8b server shutting down",
            "0x8c bad authentication method",
            "0x8d keep alive timeout",
            "0x8e session taken over",
            "0x8f topic filter invalid",
            "0x90 topic name invalid",
            "0x91 packet identifier in use",
            "0x92 packet identifier not found",
            "0x93 receive maximum exceeded",
            "0x94 topic alias invalid",
            "0x95 packet too large",
            "0x96 message rate too high",
            "0x97 quota exceeded",
            "0x98 administrative action",
            "0x99 payload format invalid",
            "0x9a retain not supported",
            "0x9b qos not supported",
            "0x9c use another server",
            "0x9d server moved",
            "0x9e shared subscriptions not supported",
            "0x9f connection rate exceeded",
            "0xa0 maximum connect time",
            "0xa1 subscription identifiers not supported",
            "0xa2 wildcard subscriptions not supported")
        .forEach(line -> NAMES.put(Integer.decode(line.substring(0, 4)), line.substring(5)));
  }

  private Reason() {}

  /**
   * The code of a name. The return codes that 3.1.1 has for a refused connection count as those of
   * MQTT 5 with the same meaning.
   *
   * @throws IllegalArgumentException if no code is called that
   */
  static int code(String name) {
    return NAMES.entrySet().stream()
        .filter(e -> e.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no MQTT reason is called \"%s\"; there are %s"
                        .formatted(
                            name, NAMES.values().stream().collect(Collectors.joining(", ")))));
  }

  /** {@code 0x87 not authorized}. */
  static String text(int code) {
    return "0x%02x %s".formatted(code, NAMES.getOrDefault(code, "unknown reason"));
  }

  /** What a return code of a CONNACK in 3.1.1 is in MQTT 5. */
  static int ofReturnCode(int code) {
    return switch (code) {
      case 0 -> 0x00;
      case 1 -> 0x84;
      case 2 -> 0x85;
      case 3 -> 0x88;
      case 4 -> 0x86;
      case 5 -> 0x87;
      default ->
          throw new IllegalArgumentException("the return code %d is reserved".formatted(code));
    };
  }
}
