package dev.echosounder.ws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An immutable run of bytes with value equality. Thread-safe. */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static Bytes of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** A copy of the first {@code limit} bytes that remain in {@code buffer}, which is not moved. */
  public static Bytes copyOf(ByteBuffer buffer, int limit) {
    int length = Math.min(buffer.remaining(), limit);
    if (length == 0) {
      return EMPTY;
    }
    byte[] copy = new byte[length];
    buffer.get(buffer.position(), copy);
    return new Bytes(copy);
  }

  /** The UTF-8 encoding of {@code text}. */
  public static Bytes utf8(String text) {
    return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The bytes written as hex digits; blanks and colons between them are allowed.
   *
   * @throws IllegalArgumentException if a digit is not hex or their number is odd
   */
  public static Bytes hex(String digits) {
    return new Bytes(HexFormat.of().parseHex(digits.replaceAll("[\\s:]", "")));
  }

  /**
   * The bytes written as base64 (RFC 4648 §4), padded; blanks and line breaks are allowed.
   *
   * @throws IllegalArgumentException if it is not base64
   */
  public static Bytes base64(String text) {
    return new Bytes(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
  }

  /** How many bytes. */
  public int size() {
    return bytes.length;
  }

  /** The byte at {@code index} as 0–255. */
  public int at(int index) {
    return bytes[index] & 0xFF;
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    return new Bytes(Arrays.copyOfRange(bytes, from, to));
  }

  /** A copy as an array. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** A read-only view that starts at position 0. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** The bytes read as UTF-8, with U+FFFD where they are not. */
  public String asUtf8() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The bytes as lower-case hex digits, two a byte, a blank between bytes. */
  public String toHex() {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes [" + toHex() + "]";
  }
}
