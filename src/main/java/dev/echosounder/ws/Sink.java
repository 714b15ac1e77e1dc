package dev.echosounder.ws;

import java.nio.ByteBuffer;

/** Takes one message piece by piece, so that it is never in memory as a whole. */
@FunctionalInterface
public interface Sink {
  /**
   * The next piece, uncompressed. Called on the I/O thread, in order; must not block, and must not
   * keep {@code piece}, which is used again afterwards.
   *
   * @param last whether the message is complete
   */
  void onPiece(ByteBuffer piece, boolean last);
}
