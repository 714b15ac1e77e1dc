package dev.echosounder.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils a file the way people and disks do. */
final class Mutation {
  private static final String[] TOKENS = {
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!x ",
    "\"",
    "'",
    "|",
    ">",
    "${",
    "${env:",
    "}",
    "<<: ",
    "\t",
    "\u0000",
    "\u2028",
    "true",
    "null",
    "~",
    "1e999",
    "-1",
    "0x",
    "---",
    "...",
    "%",
    "@",
    "\uD83D\uDE00"
  };

  private Mutation() {}

  static byte[] of(byte[] original, Random random) {
    byte[] bytes = original;
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> insert(bytes, at, TOKENS[random.nextInt(TOKENS.length)]);
      default -> lines(new String(bytes, StandardCharsets.UTF_8), random);
    };
  }

  private static byte[] insert(byte[] bytes, int at, String token) {
    String head = new String(bytes, 0, at, StandardCharsets.UTF_8);
    String tail = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
    return (head + token + tail).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] lines(String text, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int one = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    String line = lines.get(one);
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(one);
      case 1 -> lines.add(other, line);
      case 2 -> lines.set(one, "  " + line);
      case 3 -> lines.set(one, line.startsWith(" ") ? line.substring(1) : line);
      case 4 -> {
        lines.set(one, lines.get(other));
        lines.set(other, line);
      }
      default -> lines.set(one, swapped(line, lines.get(other)));
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** The key of one line with the value of another. */
  private static String swapped(String line, String other) {
    int colon = line.indexOf(": ");
    int otherColon = other.indexOf(": ");
    return colon < 0 || otherColon < 0
        ? line
        : line.substring(0, colon) + other.substring(otherColon);
  }
}
