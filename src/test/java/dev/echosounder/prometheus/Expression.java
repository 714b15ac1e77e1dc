package dev.echosounder.prometheus;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a PromQL expression names. No parser: whether it is right is promtool's business, here every
 * word that is neither a keyword nor a function has to be a metric or a label.
 */
final class Expression {
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|[0-9][0-9.a-z]*|[a-zA-Z_:][\\w:]*|\\S");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
  private static final Set<String> LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

  /** Each metric with the labels that its selectors match. */
  final Map<String, Set<String>> metrics = new HashMap<>();

  /** The labels in the lists of each keyword. */
  final Map<String, Set<String>> lists = new HashMap<>();

  Expression(String text) {
    Queue<String> tokens =
        new ArrayDeque<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
    while (!tokens.isEmpty()) {
      String token = tokens.remove();
      if (LISTS.contains(token)) {
        lists.computeIfAbsent(token, x -> new HashSet<>()).addAll(words(tokens, "(", ")"));
      } else if (isWord(token) && !OPERATORS.contains(token) && !calls(tokens)) {
        metrics.computeIfAbsent(token, x -> new HashSet<>()).addAll(words(tokens, "{", "}"));
      }
    }
  }

  /** Whether the word before was a function or an aggregation. */
  private static boolean calls(Queue<String> rest) {
    String next = rest.peek();
    return "(".equals(next) || "by".equals(next) || "without".equals(next);
  }

  private static boolean isWord(String token) {
    return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
  }

  /** Those between the brackets, if the first comes next. */
  private static Set<String> words(Queue<String> tokens, String opening, String closing) {
    Set<String> words = new HashSet<>();
    if (opening.equals(tokens.peek())) {
      for (String token = tokens.remove(); !token.equals(closing); token = tokens.remove()) {
        if (isWord(token)) {
          words.add(token);
        }
      }
    }
    return words;
  }
}
