package dev.echosounder.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation, and what of it can be run. */
record Page(String text) {
  static Page read(String name) {
    try {
      return new Page(Files.readString(Path.of("docs", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with other names for what it names. */
  Page with(String name, Object here) {
    return new Page(text.replace(name, here.toString()));
  }

  /** What stands in the fences of this kind. */
  List<String> blocks(String kind) {
    return found("(?s)```" + kind + "\n(.*?)```");
  }

  /** What stands in code spans and begins so; blocks apart. */
  List<String> spans(String start) {
    return new Page(text.replaceAll("(?s)```.*?```", ""))
        .found("(?s)`(" + Pattern.quote(start) + "[^`]*)`").stream()
            .map(span -> span.replaceAll("\\s+", " "))
            .toList();
  }

  private List<String> found(String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
  }
}
