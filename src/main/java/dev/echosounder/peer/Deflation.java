package dev.echosounder.peer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** permessage-deflate on one connection (RFC 7692). Holds native memory until {@link #close}. */
final class Deflation implements AutoCloseable {
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int CHUNK = 8 * 1024;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Inflater inflater = new Inflater(true);
  private final boolean keepOurs;
  private final boolean keepTheirs;

  private Deflation(boolean keepOurs, boolean keepTheirs) {
    this.keepOurs = keepOurs;
    this.keepTheirs = keepTheirs;
  }

  /** The first offer that zlib with its fixed 15-bit window can honour (RFC 7692 §5.1). */
  static Optional<Deflation> accept(List<String> offers) {
    for (String offer : offers) {
      List<String> parts = Arrays.stream(offer.split(";", -1)).map(String::strip).toList();
      List<String> parameters = parts.subList(1, parts.size());
      if (parts.get(0).equals("permessage-deflate")
          && parameters.stream().allMatch(Deflation::honoured)) {
        return Optional.of(
            new Deflation(
                !parameters.contains("server_no_context_takeover"),
                !parameters.contains("client_no_context_takeover")));
      }
    }
    return Optional.empty();
  }

  private static boolean honoured(String parameter) {
    return parameter.equals("server_no_context_takeover")
        || parameter.equals("client_no_context_takeover")
        || parameter.equals("client_max_window_bits")
        || parameter.matches("client_max_window_bits=\"?([89]|1[0-5])\"?")
        || parameter.matches("server_max_window_bits=\"?15\"?");
  }

  /** The value of Sec-WebSocket-Extensions that answers the offer. */
  String header() {
    return "permessage-deflate"
        + (keepOurs ? "" : ";server_no_context_takeover")
        + (keepTheirs ? "" : ";client_no_context_takeover");
  }

  byte[] compress(byte[] plain) {
    deflater.setInput(plain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    int written;
    do {
      written = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
      out.write(chunk, 0, written);
    } while (written == chunk.length);
    if (!keepOurs) {
      deflater.reset();
    }
    byte[] bytes = out.toByteArray();
    return Arrays.copyOf(bytes, bytes.length - TAIL.length);
  }

  /** Empty if it would grow past the limit, in bytes. */
  Optional<byte[]> expand(byte[] compressed, long limit) throws DataFormatException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] input : List.of(compressed, TAIL)) {
      inflater.setInput(input);
      byte[] chunk = new byte[CHUNK];
      int read;
      while ((read = inflater.inflate(chunk)) > 0) {
        out.write(chunk, 0, read);
        if (out.size() > limit) {
          return Optional.empty();
        }
      }
    }
    if (!keepTheirs) {
      inflater.reset();
    }
    return Optional.of(out.toByteArray());
  }

  @Override
  public void close() {
    deflater.end();
    inflater.end();
  }
}
