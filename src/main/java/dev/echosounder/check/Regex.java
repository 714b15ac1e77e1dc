package dev.echosounder.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks for a pattern in somebody else's text, in so many steps and no more. */
final class Regex {
  /** What a failure says when the steps did not suffice. */
  static final String TOO_HARD = "the pattern takes too many steps on this text";

  private Regex() {}

  /**
   * Where the pattern is in the text, or is the whole of it; null if it is not.
   *
   * @throws BoundedText.Exhausted if that takes too many steps
   */
  static @Nullable Matcher match(Pattern pattern, String text, boolean whole) {
    try {
      Matcher matcher = pattern.matcher(new BoundedText(text));
      return (whole ? matcher.matches() : matcher.find()) ? matcher : null;
    } catch (StackOverflowError e) {
      // Java's matcher recurses once a repetition of a group: a long text is as bad as many steps.
      throw new BoundedText.Exhausted();
    }
  }
}
