package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import java.io.ByteArrayOutputStream;

/** A frame as a person writes it, and as a client must send it (RFC 6455 §5.2, §5.3). */
final class RawFrame {
  private static final int MASK_BIT = 0x80;

  /** Any will do: it hides nothing. Not zero, so that a peer that forgets to unmask is found. */
  private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private RawFrame() {}

  /**
   * @param unmasked two bytes of header, the longer length if the header says so, the payload,
   *     which need not be as long as the header says
   * @throws AssertionError if that is no header, or says it is masked already
   */
  static Bytes masked(Bytes unmasked) {
    byte[] in = unmasked.toArray();
    int header = in.length < 2 ? 2 : headerSize(in[1]);
    if (in.length < header || (in[1] & MASK_BIT) != 0) {
      throw new AssertionError(
          "no frame that could be masked: "
              + unmasked.toHex()
              + "; expected a header with a clear mask bit, or say \"raw bytes\"");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(in[0]);
    out.write(in[1] | MASK_BIT);
    out.write(in, 2, header - 2);
    out.writeBytes(KEY);
    for (int i = header; i < in.length; i++) {
      out.write(in[i] ^ KEY[(i - header) % KEY.length]);
    }
    return Bytes.of(out.toByteArray());
  }

  private static int headerSize(byte length) {
    return switch (length & 0x7f) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }
}
