package dev.echosounder.daemon;

import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.metrics.Metrics;
import dev.echosounder.metrics.Subject;
import dev.echosounder.schedule.Job;
import dev.echosounder.schedule.Plan;
import dev.echosounder.schedule.Schedule;
import dev.echosounder.web.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is watched: turns targets into jobs, series and rows, all at once. Thread-safe. */
final class Watch {
  /** A person who starts a daemon, or adds a target, soon sees a first result. */
  private static final Duration FIRST_WITHIN = Duration.ofSeconds(1);

  /** But thousands of new checks in that second would be measured by a process out of breath. */
  private static final Duration FIRST_APART = Duration.ofMillis(20);

  /** A job as it was made, to be kept over a reload that does not change it. */
  private record Kept(ConfiguredTarget target, ConfiguredCheck check, Job job) {}

  private final Instant since = Instant.now();
  private final CheckTask.Tools tools;
  private final Schedule schedule;
  private final Metrics metrics;

  /** Guarded by this, by job name. */
  private final Map<String, Kept> kept = new HashMap<>();

  private volatile List<ConfiguredTarget> targets = List.of();

  Watch(CheckTask.Tools tools, Schedule schedule, Metrics metrics) {
    this.tools = tools;
    this.schedule = schedule;
    this.metrics = metrics;
  }

  /** From now on, exactly these. Unchanged checks keep their instants, series and history. */
  synchronized void replace(List<ConfiguredTarget> wanted) {
    List<Subject> subjects = new ArrayList<>();
    wanted.forEach(t -> t.checks().forEach(c -> subjects.add(subject(t, c))));
    metrics.replace(subjects);
    List<Job> jobs = new ArrayList<>();
    Map<String, Set<String>> checks = new HashMap<>();
    Map<String, Kept> next = new HashMap<>();
    Duration first = FIRST_APART.multipliedBy(news(wanted));
    first = first.compareTo(FIRST_WITHIN) > 0 ? first : FIRST_WITHIN;
    for (ConfiguredTarget target : wanted) {
      for (ConfiguredCheck check : target.checks()) {
        String name = target.name() + "/" + check.name();
        Kept one = keep(kept.get(name), name, target, check, first);
        next.put(name, one);
        jobs.add(one.job());
        checks.computeIfAbsent(target.name(), t -> new HashSet<>()).add(check.name());
      }
    }
    schedule.replace(jobs);
    tools.history().retain(checks);
    kept.clear();
    kept.putAll(next);
    targets = List.copyOf(wanted);
  }

  private long news(List<ConfiguredTarget> wanted) {
    return wanted.stream()
        .flatMap(t -> t.checks().stream().map(c -> t.name() + "/" + c.name()))
        .filter(name -> !kept.containsKey(name))
        .count();
  }

  private Kept keep(
      @Nullable Kept before,
      String name,
      ConfiguredTarget target,
      ConfiguredCheck check,
      Duration first) {
    if (before != null && before.target().equals(target) && before.check().equals(check)) {
      return before;
    }
    Duration interval = check.interval();
    Plan plan =
        Plan.every(interval).startingWithin(interval.compareTo(first) < 0 ? interval : first);
    CheckTask task =
        new CheckTask(
            tools, target, check, metrics.of(subject(target, check)), new AtomicReference<>());
    return new Kept(target, check, new Job(name, plan, task));
  }

  private static Subject subject(ConfiguredTarget target, ConfiguredCheck check) {
    boolean tls = target.endpoint().uri().getScheme().toLowerCase(Locale.ROOT).equals("wss");
    return new Subject(target.name(), check.name(), target.labels(), tls, false);
  }

  int size() {
    return targets.size();
  }

  Status status() {
    return new Status(since, targets.stream().map(Watch::row).toList());
  }

  private static Status.Target row(ConfiguredTarget target) {
    return new Status.Target(
        target.name(),
        target.endpoint().uri().toString(),
        target.labels(),
        target.checks().stream()
            .map(c -> new Status.Check(c.name(), c.check().kind(), c.interval(), null))
            .toList());
  }
}
