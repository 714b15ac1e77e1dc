package dev.echosounder.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What one load gathers: its problems and its secrets. Used by one thread. */
final class Context {
  /** More problems than a person would read. */
  static final int MOST_PROBLEMS = 100;

  /** Aliases let a small file describe far more values than it has bytes. */
  static final int MOST_VALUES = 1_000_000;

  private final String file;
  private final Path directory;
  private final Environment environment;
  private final Redactor redactor = new Redactor();

  /** Sorted by position; a set, as an anchor read twice reports its problem twice. */
  private final TreeSet<Problem> problems = new TreeSet<>();

  private final Set<Node> secrets = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  Context(String file, Path directory, Environment environment) {
    this.file = file;
    this.directory = directory;
    this.environment = environment;
  }

  Path directory() {
    return directory;
  }

  Environment environment() {
    return environment;
  }

  Redactor redactor() {
    return redactor;
  }

  /** Whether one more value may be read; says so once when not. */
  boolean spend(Node node) {
    values++;
    if (values == MOST_VALUES) {
      problem(node.getStartMark(), "more than %,d values, aliases counted".formatted(MOST_VALUES));
    }
    return values < MOST_VALUES;
  }

  void problem(Optional<Mark> mark, String message) {
    int line = mark.map(m -> m.getLine() + 1).orElse(0);
    int column = mark.map(m -> m.getColumn() + 1).orElse(0);
    problems.add(new Problem(file, line, column, message));
  }

  void problem(int line, int column, String message) {
    problems.add(new Problem(file, line, column, message));
  }

  List<Problem> problems() {
    List<Problem> first = new ArrayList<>(problems.stream().limit(MOST_PROBLEMS).toList());
    int more = problems.size() - first.size();
    if (more > 0) {
      first.add(new Problem(file, 0, 0, "and %,d more problems".formatted(more)));
    }
    return first;
  }

  /** Remembers that this value, as it stands in the file, is a credential. */
  void secret(Node node) {
    secrets.add(node);
  }

  boolean isSecret(Node node) {
    return secrets.contains(node);
  }
}
