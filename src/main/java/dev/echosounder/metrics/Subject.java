package dev.echosounder.metrics;

import dev.echosounder.check.Outcome;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What has series of its own: a check of a target. Equal ones keep their counts over a reload.
 *
 * @param target the value of the label {@code target}
 * @param check the value of the label {@code check}
 * @param labels the user's own, by name
 * @param tls whether it speaks TLS: failures of TLS are counted from 0 only then
 * @param proxied whether it goes through a proxy: likewise
 * @param held whether it is a kept connection, not runs
 */
public record Subject(
    String target,
    String check,
    Map<String, String> labels,
    boolean tls,
    boolean proxied,
    boolean held) {
  private static final Pattern LABEL_NAME = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

  /** Ours, and those that Prometheus gives a meaning or sets itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "target",
          "check",
          "cause",
          "reason",
          "phase",
          "code",
          "direction",
          "opcode",
          "version",
          "java",
          "le",
          "quantile",
          "job",
          "instance");

  /** Kept connections end like this; a run does not, and only /probe can be blocked. */
  private static final Set<String> NOT_OF_RUNS =
      Set.of(
          Ending.Cause.CLOSED_BY_US.label(),
          Ending.Cause.IDLE_CUT.label(),
          Ending.Cause.LIVENESS_TIMEOUT.label(),
          ConnectFailure.Cause.BLOCKED.label());

  /** Built once: it is asked for with every failure and every new target. */
  static final Set<String> CAUSES = Set.copyOf(Outcome.causes());

  /** A subject of runs. */
  public Subject(
      String target, String check, Map<String, String> labels, boolean tls, boolean proxied) {
    this(target, check, labels, tls, proxied, false);
  }

  public Subject {
    labels.keySet().forEach(Subject::checkName);
    labels = Map.copyOf(labels);
  }

  private static void checkName(String name) {
    if (!LABEL_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "expected a label name of letters, digits and _, not beginning with a digit or __, got \""
              + name
              + "\"");
    } else if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "the label \"%s\" is taken; taken are %s".formatted(name, new TreeSet<>(RESERVED)));
    }
  }

  /**
   * The causes that are counted from 0. Any other of {@link Outcome#causes()} is counted from its
   * first occurrence on.
   */
  SortedSet<String> causes() {
    SortedSet<String> causes = new TreeSet<>(CAUSES);
    causes.removeAll(NOT_OF_RUNS);
    causes.removeIf(cause -> !tls && cause.startsWith("tls_"));
    causes.removeIf(cause -> !proxied && cause.equals(ConnectFailure.Cause.PROXY.label()));
    return causes;
  }

  /** All of its labels, in an order that does not depend on the map; absent names are empty. */
  Map<String, String> labelled(Set<String> userNames) {
    Map<String, String> all = new TreeMap<>();
    userNames.forEach(name -> all.put(name, labels.getOrDefault(name, "")));
    all.put("target", target);
    all.put("check", check);
    return all;
  }
}
