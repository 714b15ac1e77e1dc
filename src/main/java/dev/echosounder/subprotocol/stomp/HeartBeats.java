package dev.echosounder.subprotocol.stomp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one side says of heart-beats (§Heart-beating), in milliseconds.
 *
 * @param can how often it can send them; 0 for not at all
 * @param wants how often it wants them; 0 for not at all
 */
record HeartBeats(int can, int wants) {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}),(\\d{1,9})");

  /**
   * Reads the header {@code heart-beat}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HeartBeats of(String header) {
    Matcher parts = SHAPE.matcher(header);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the header heart-beat is two counts of milliseconds, such as 0,1000; got " + header);
    }
    return new HeartBeats(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /** How often this side sends them to the other; zero for not at all. */
  Duration to(HeartBeats other) {
    return can == 0 || other.wants == 0
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(can, other.wants));
  }

  /** The header's value. */
  String header() {
    return can + "," + wants;
  }
}
