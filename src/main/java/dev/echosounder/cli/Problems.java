package dev.echosounder.cli;

import java.util.List;

/** What is wrong with a configuration, as a compiler would tell it. */
final class Problems {
  private Problems() {}

  static void print(Io io, List<String> problems) {
    problems.forEach(problem -> io.err().println("error: " + problem));
    int count = problems.size();
    io.err().println(count + (count == 1 ? " problem" : " problems") + "; nothing was started");
  }
}
