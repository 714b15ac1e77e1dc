package dev.echosounder.peer.proxy;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a {@link FaultProxy} did and saw until the moment it was asked: an immutable snapshot.
 *
 * @param opened connections whose 101 was passed on
 * @param open of those, not ended yet
 * @param ends of those, by what came first; every ending is there, if only with 0
 * @param codes of those that we closed, by close code
 * @param refused connections that were reset on accept
 * @param frames what was done to frames, of both sides; every act is there
 * @param passed frames passed on, whatever was done to them
 */
public record FaultLedger(
    long opened,
    long open,
    Map<Ending, Long> ends,
    Map<Integer, Long> codes,
    long refused,
    Map<Fault.Act, Long> frames,
    long passed) {

  /** How an opened connection ended: exactly one each. */
  public enum Ending {
    /** We reset it. */
    RESET,
    /** We ended the stream without a close frame. */
    FIN,
    /** We ended the stream inside a frame. */
    CUT,
    /** We stopped to pass anything on. */
    BLACK_HOLE,
    /** We sent the close frame. */
    CLOSED_BY_PROXY,
    /** We set a frame's reserved bits, which no client may accept. */
    VIOLATION,
    /** The client's close frame came first. */
    CLOSED_BY_CLIENT,
    /** The server's close frame came first. */
    CLOSED_BY_SERVER,
    /** The client's FIN or RST came first. */
    LOST_BY_CLIENT,
    /** The server's FIN or RST came first. */
    LOST_BY_SERVER
  }

  public FaultLedger {
    ends = Map.copyOf(ends);
    codes = Map.copyOf(codes);
    frames = Map.copyOf(frames);
  }

  /** How many ended like this. */
  public long ended(Ending how) {
    return ends.getOrDefault(how, 0L);
  }

  static <E extends Enum<E>> Map<E, Long> zeros(Class<E> type) {
    Map<E, Long> zeros = new EnumMap<>(type);
    for (E each : type.getEnumConstants()) {
      zeros.put(each, 0L);
    }
    return zeros;
  }
}
