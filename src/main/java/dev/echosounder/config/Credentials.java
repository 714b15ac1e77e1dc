package dev.echosounder.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is a credential by its name or its place. */
final class Credentials {
  static final String HIDDEN = "<redacted>";

  private static final Set<String> WORDS =
      Set.of(
          "token",
          "key",
          "apikey",
          "secret",
          "password",
          "passwd",
          "pwd",
          "auth",
          "authorization",
          "cookie",
          "signature",
          "sig",
          "jwt",
          "credential",
          "credentials");
  private static final Pattern WORD_END = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern QUERY_VALUE = Pattern.compile("([?&])([^=&\\s\"#]+)=([^&\\s\"#]*)");
  private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s\"]*@");

  private Credentials() {}

  /** Whether something of this name, a header or a query parameter, holds a credential. */
  static boolean named(String name) {
    return WORD_END.splitAsStream(name).anyMatch(w -> WORDS.contains(w.toLowerCase(Locale.ROOT)));
  }

  /** The text without user parts and credential parameters of URLs; references stay. */
  static String hideInUrls(String text) {
    String quiet = USER_INFO.matcher(text).replaceAll("://" + HIDDEN + "@");
    return QUERY_VALUE
        .matcher(quiet)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    m.group(1)
                        + m.group(2)
                        + "="
                        + (named(m.group(2)) && !m.group(3).contains("${") ? HIDDEN : m.group(3))));
  }

  /** Hands over the value of each credential parameter of a URL. */
  static void inUrl(String url, Consumer<String> found) {
    QUERY_VALUE
        .matcher(url)
        .results()
        .filter(m -> named(m.group(2)))
        .forEach(m -> found.accept(m.group(3)));
  }
}
