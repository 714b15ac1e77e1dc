package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameHeadsTest {
  /** A head of each kind, and as many bytes as it says. */
  private static byte[] frame(String head, int payload) {
    byte[] start = Bytes.hex(head).toArray();
    return ByteBuffer.allocate(start.length + payload).put(start).array();
  }

  private static ByteBuffer all(byte[]... frames) {
    ByteBuffer bytes = ByteBuffer.allocate(300_000);
    for (byte[] frame : frames) {
      bytes.put(frame);
    }
    return bytes.flip();
  }

  /** Where the fault is, when the bytes come {@code piece} at a time; the end if there is none. */
  private static int found(FrameHeads heads, ByteBuffer bytes, int piece) {
    for (int from = 0; from < bytes.limit(); from += piece) {
      int to = Math.min(bytes.limit(), from + piece);
      int sound = heads.sound(bytes, from, to);
      if (heads.fault() != null) {
        return sound;
      }
      assertThat(sound).isEqualTo(to);
    }
    return bytes.limit();
  }

  @ParameterizedTest
  @CsvSource({
    "82 00, 0",
    "82 7d, 125",
    "82 fd 01 02 03 04, 125",
    "82 7e 00 7e, 126",
    "82 7e ff ff, 65535",
    "82 7f 00 00 00 00 00 01 00 00, 65536"
  })
  void takesTheFewestBits(String head, int payload) {
    byte[] frame = frame(head, payload);
    for (int piece : new int[] {1, 3, 4_096}) {
      FrameHeads heads = new FrameHeads();
      ByteBuffer twice = all(frame, frame);
      assertThat(found(heads, twice, piece)).isEqualTo(twice.limit());
      assertThat(heads.fault()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "82 7e 00 00, 0, 16",
    "82 7e 00 7d, 125, 16",
    "82 fe 00 05 01 02 03 04, 5, 16",
    "82 7f 00 00 00 00 00 00 00 05, 5, 64",
    "82 7f 00 00 00 00 00 00 ff ff, 65535, 64"
  })
  void findsWhereALengthOfTooManyBitsBegins(String head, int payload, int bits) {
    byte[] good = frame("81 7e 00 7e", 126);
    FrameHeads heads = new FrameHeads();
    ByteBuffer bytes = all(good, frame(head, payload), good);
    assertThat(found(heads, bytes, 4_096)).isEqualTo(good.length);
    assertThat(heads.fault()).startsWith("the length " + payload + " in " + bits + " bits");
  }

  @Test
  void aHeadInPiecesIsFoundWhereItsLastPieceBegins() {
    FrameHeads heads = new FrameHeads();
    assertThat(found(heads, all(frame("82 7e 00 02", 2)), 3)).isEqualTo(3);
    assertThat(heads.fault()).contains("the length 2 in 16 bits");
  }
}
