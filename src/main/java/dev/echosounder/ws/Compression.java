package dev.echosounder.ws;

/**
 * What {@code permessage-deflate} made of the data frames' payloads so far, each way. Frame headers
 * and HTTP do not count.
 */
public record Compression(Volume sent, Volume received) {
  static final Compression NONE = new Compression(Volume.NONE, Volume.NONE);

  /**
   * One direction.
   *
   * @param plain bytes of payload, uncompressed
   * @param wire bytes of the same payload in the frames on the wire
   */
  public record Volume(long plain, long wire) {
    static final Volume NONE = new Volume(0, 0);

    /** The share that compression saved: 0.9 if a tenth is left, below 0 if it grew. */
    public double saved() {
      return plain == 0 ? 0 : 1 - (double) wire / plain;
    }

    Volume plus(long morePlain, long moreWire) {
      return new Volume(plain + morePlain, wire + moreWire);
    }

    @Override
    public String toString() {
      return "%,d → %,d bytes (%.1f %% saved)".formatted(plain, wire, saved() * 100);
    }
  }

  Compression sent(long plain, long wire) {
    return new Compression(sent.plus(plain, wire), received);
  }

  Compression received(long plain, long wire) {
    return new Compression(sent, received.plus(plain, wire));
  }
}
