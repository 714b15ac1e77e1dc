package dev.echosounder.subprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that a codec must read, or refuse in words: nothing else may happen. */
public final class Garbage {
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|[-+.\\w]+|\\R|.", Pattern.DOTALL);

  private static final List<String> OTHERS =
      List.of(
          "",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\n",
          "\r",
          "\0",
          " ",
          "null",
          "true",
          "0",
          "-1",
          "3.5",
          "1e400",
          "99999999999999999999",
          "\"x\"",
          "\"1\"",
          "[]",
          "{}",
          "é",
          "\ud800");

  private record Edit(int at, int length, String by) {}

  private Garbage() {}

  /** The examples, with up to three of their tokens replaced, dropped or put in. */
  public static Arbitrary<String> near(String... examples) {
    Arbitrary<Edit> edit =
        Combinators.combine(
                Arbitraries.integers().between(0, 1_000),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(OTHERS))
            .as(Edit::new);
    return Combinators.combine(Arbitraries.of(examples), edit.list().ofMinSize(1).ofMaxSize(3))
        .as(Garbage::edited);
  }

  private static String edited(String example, List<Edit> edits) {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(example).results().map(MatchResult::group).toList());
    for (Edit edit : edits) {
      int from = edit.at() % (tokens.size() + 1);
      tokens.subList(from, Math.min(tokens.size(), from + edit.length())).clear();
      tokens.add(from, edit.by());
    }
    return String.join("", tokens);
  }

  /** The codec reads the text, or says in an IllegalArgumentException what is wrong with it. */
  public static void readOrRefused(Consumer<String> codec, String text) {
    Throwable thrown = catchThrowable(() -> codec.accept(text));
    if (thrown != null) {
      assertThat(thrown)
          .as(text)
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("(?s).+");
    }
  }
}
