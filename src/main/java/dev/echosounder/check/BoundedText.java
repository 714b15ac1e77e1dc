package dev.echosounder.check;

/**
 * A text that can be read so many times only: an unlucky pattern can take longer than the universe
 * lasts to find that it does not match, on an I/O thread, and the text is somebody else's.
 */
final class BoundedText implements CharSequence {
  /** Some 50 ms of matching. */
  private static final int MOST_READS = 10_000_000;

  /** The pattern takes too long on this text. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted() {
      super("too many steps", null, false, false);
    }
  }

  private final String text;
  private int left = MOST_READS;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
