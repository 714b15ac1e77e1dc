package dev.echosounder.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** References to variables and files in texts; a second dollar sign makes a plain brace of one. */
final class References {
  /** Finds references and escapes. */
  static final Pattern FORM = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");

  /** For JSON schema patterns: a text with a reference has any form. */
  static final String SCHEMA = "\\$\\{(env|file):[^}]+\\}";

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MOST_BYTES = 64 << 10;

  private References() {}

  /** The text with every reference replaced; null after problems. */
  static @Nullable String resolve(String raw, Value at) {
    if (!raw.contains("${")) {
      return raw;
    }
    StringBuilder text = new StringBuilder();
    boolean good = true;
    Matcher matcher = FORM.matcher(raw);
    while (matcher.find()) {
      String reference = matcher.group(1);
      String value = reference == null ? "${" : value(matcher.group(), reference, at);
      good &= value != null;
      matcher.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value));
      if (reference != null && value != null) {
        at.context().redactor().add(value);
      }
    }
    return good ? matcher.appendTail(text).toString() : null;
  }

  private static @Nullable String value(String whole, String reference, Value at) {
    if (whole.endsWith("}") && reference.startsWith("env:")) {
      return variable(reference.substring("env:".length()), at);
    }
    if (whole.endsWith("}") && reference.startsWith("file:")) {
      return file(reference.substring("file:".length()), at);
    }
    at.problem("expected ${env:NAME} or ${file:PATH} after \"${\"; a plain \"${\" is \"$${\"");
    return null;
  }

  private static @Nullable String variable(String name, Value at) {
    if (!VARIABLE.matcher(name).matches()) {
      at.problem("${env:%s}: expected the name of an environment variable".formatted(name));
      return null;
    }
    String value = at.context().environment().variable(name);
    if (value == null || value.isEmpty()) {
      String state = value == null ? "not set" : "empty";
      at.problem("${env:%s}: the environment variable is %s".formatted(name, state));
      return null;
    }
    return value;
  }

  private static @Nullable String file(String name, Value at) {
    String why;
    try {
      Path path = at.directory().resolve(name);
      if (!Files.isRegularFile(path)) {
        why = Files.exists(path) ? "is not a regular file" : "does not exist";
      } else if (Files.size(path) > MOST_BYTES) {
        why = "is larger than 64KiB";
      } else {
        String value = Files.readString(path).replaceFirst("\\R\\z", "");
        if (!value.isEmpty()) {
          return value;
        }
        why = "is empty";
      }
    } catch (CharacterCodingException e) {
      why = "is not UTF-8";
    } catch (IOException | InvalidPathException e) {
      why = "can't be read";
    }
    at.problem("${file:%s}: the file %s".formatted(name, why));
    return null;
  }
}
