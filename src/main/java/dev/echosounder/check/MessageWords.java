package dev.echosounder.check;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Opcode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which message, in words that steps and configuration share: {@code a text containing "x"}, {@code
 * a message where "$.type" is "ack" and "$.n" is at least 3}.
 */
public final class MessageWords {
  private static final String TEXT_IN_QUOTES = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final String HEX = "[0-9a-fA-F]{2}(?:[ :]?[0-9a-fA-F]{2})*";

  /** All forms, as a regular expression without groups. */
  public static final String REGEX =
      "(?:the text )?"
          + TEXT_IN_QUOTES
          + "|the bytes "
          + HEX
          + "|(?:an? )?texts? (?:containing|matching) "
          + TEXT_IN_QUOTES
          + "|(?:an? )?(?:texts?|binary messages?)"
          + "|(?:(?:an? )?messages?|ones?) (?:with [{\\[].*|where \".+)";

  private static final Pattern EXACT = Pattern.compile("(?:the text )?\"(.*)\"", Pattern.DOTALL);
  private static final Pattern BYTES = Pattern.compile("the bytes (" + HEX + ")");
  private static final Pattern PART =
      Pattern.compile("(?:an? )?texts? (containing|matching) \"(.*)\"", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("(?:an? )?(text|binary message)s?");
  private static final Pattern WITH = Pattern.compile("\\S.*? with ([{\\[].*)", Pattern.DOTALL);
  private static final Pattern WHERE = Pattern.compile("\\S.*? where (\".+)", Pattern.DOTALL);
  private static final Pattern AND = Pattern.compile(" and (?=\"\\$)");
  private static final Pattern AT = Pattern.compile("\"(\\$[^\"]*)\" (.+)", Pattern.DOTALL);

  private MessageWords() {}

  /**
   * Reads the words.
   *
   * @param known goes into their places
   * @param clock what {@code now} is
   * @throws IllegalArgumentException if they say no message; says which forms there are
   */
  public static Expectation parse(String words, Template.Filling known, Clock clock) {
    Matcher exact = EXACT.matcher(words);
    if (exact.matches()) {
      return new Expectation.Exactly(Payload.text(known.fill(unquoted(exact.group(1)))));
    }
    Matcher bytes = BYTES.matcher(words);
    if (bytes.matches()) {
      return new Expectation.Exactly(Payload.binary(Bytes.hex(bytes.group(1))));
    }
    Matcher part = PART.matcher(words);
    if (part.matches()) {
      String text = unquoted(part.group(2));
      return part.group(1).equals("containing")
          ? new Expectation.Containing(known.fill(text))
          : matching(text, known);
    }
    Matcher type = TYPE.matcher(words);
    if (type.matches()) {
      return new Expectation.OfType(type.group(1).equals("text") ? Opcode.TEXT : Opcode.BINARY);
    }
    return json(words, known, clock);
  }

  /** A text that, as a whole, matches. */
  public static Expectation matching(String regex, Template.Filling known) {
    return new Expectation.Matching(
        Pattern.compile(known.fill(regex, Pattern::quote), Pattern.DOTALL), true);
  }

  /**
   * JSON that holds at least this.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static Expectation holding(String json, Template.Filling known) {
    String filled = known.fill(json, Json::escaped);
    return new Expectation.Holding(Json.of(filled).written());
  }

  /**
   * The same JSON value.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static Expectation same(String json, Template.Filling known) {
    return new JsonExpectation.Same(Json.of(known.fill(json, Json::escaped)));
  }

  /** What one path has to lead to. */
  public static JsonExpectation.At at(
      String path, String condition, Template.Filling known, Clock clock) {
    return new JsonExpectation.At(
        Json.Path.of(known.fill(path)), Condition.parse(condition, known, clock));
  }

  private static Expectation json(String words, Template.Filling known, Clock clock) {
    Matcher with = WITH.matcher(words);
    if (with.matches()) {
      return holding(with.group(1), known);
    }
    Matcher where = WHERE.matcher(words);
    if (!where.matches()) {
      throw unknown(words);
    }
    List<JsonExpectation.At> places = new ArrayList<>();
    for (String one : AND.split(where.group(1), -1)) {
      Matcher at = AT.matcher(one);
      if (!at.matches()) {
        throw unknown(words);
      }
      places.add(at(at.group(1), at.group(2), known, clock));
    }
    return new JsonExpectation.Where(places);
  }

  private static String unquoted(String text) {
    return text.replace("\\\"", "\"");
  }

  private static IllegalArgumentException unknown(String words) {
    return new IllegalArgumentException(
        ("\"%s\" says no message; there are: \"Hello\", the bytes 00 ff, a text, a binary message,"
                + " a text containing \"x\", a text matching \"\\d+\", a message with {\"a\": 1},"
                + " a message where \"$.a\" is 1 and \"$.b\" exists")
            .formatted(words));
  }
}
