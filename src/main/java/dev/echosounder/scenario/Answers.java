package dev.echosounder.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of many requests were answered, by id, and how long after each was due. */
final class Answers {
  private static final int SHOWN = 10;

  private final Map<String, Long> due = new LinkedHashMap<>();
  private final Map<String, Duration> answered = new LinkedHashMap<>();
  private final Map<String, Integer> again = new LinkedHashMap<>();
  private final Map<String, Integer> strange = new LinkedHashMap<>();

  /**
   * @param due the ids, each with the instant at which it was to be sent, in nanoseconds
   */
  Answers(Map<String, Long> due) {
    this.due.putAll(due);
  }

  /** An answer has arrived at {@code nanos}. */
  void add(String id, long nanos) {
    Long sent = due.get(id);
    if (sent == null) {
      strange("the id " + id);
    } else if (answered.containsKey(id)) {
      again.merge(id, 1, Integer::sum);
    } else {
      answered.put(id, Duration.ofNanos(nanos - sent));
    }
  }

  /** Something has arrived that answers nothing. Few kinds are kept: the rest only counts. */
  void strange(String what) {
    strange.merge(strange.size() < SHOWN ? what : "others", 1, Integer::sum);
  }

  boolean complete() {
    return answered.size() == due.size();
  }

  List<Duration> latencies() {
    return List.copyOf(answered.values());
  }

  /** How long each answered one took. */
  Map<String, Duration> byId() {
    return Map.copyOf(answered);
  }

  /** What is wrong, if anything: missing, late and duplicate answers, by id. */
  Optional<String> faults(Duration limit, boolean strangersMatter) {
    List<String> faults = new ArrayList<>();
    List<String> missing = due.keySet().stream().filter(i -> !answered.containsKey(i)).toList();
    if (!missing.isEmpty()) {
      faults.add("%d missing: %s".formatted(missing.size(), list(missing)));
    }
    List<String> late =
        answered.entrySet().stream()
            .filter(e -> e.getValue().compareTo(limit) > 0)
            .map(e -> e.getKey() + " after " + Mismatch.say(e.getValue()))
            .toList();
    if (!late.isEmpty()) {
      faults.add("%d late: %s".formatted(late.size(), list(late)));
    }
    if (!again.isEmpty()) {
      faults.add("%d answered more than once: %s".formatted(again.size(), counts(again)));
    }
    if (strangersMatter && !strange.isEmpty()) {
      faults.add("answers to nothing: " + counts(strange));
    }
    return faults.isEmpty()
        ? Optional.empty()
        : Optional.of("of %d: %s".formatted(due.size(), String.join("; ", faults)));
  }

  private static String counts(Map<String, Integer> counted) {
    return list(
        counted.entrySet().stream()
            .map(e -> "%s (%d too many)".formatted(e.getKey(), e.getValue()))
            .toList());
  }

  static String list(List<String> all) {
    String shown = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all.size() > SHOWN ? "%s and %d more".formatted(shown, all.size() - SHOWN) : shown;
  }
}
