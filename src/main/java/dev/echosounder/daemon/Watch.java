package dev.echosounder.daemon;

import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.ConfiguredTarget;
import dev.echosounder.hold.Hold;
import dev.echosounder.metrics.Metrics;
import dev.echosounder.metrics.Subject;
import dev.echosounder.schedule.Job;
import dev.echosounder.schedule.Plan;
import dev.echosounder.schedule.Schedule;
import dev.echosounder.web.Status;
import dev.echosounder.ws.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is watched: turns targets into jobs, series and rows, all at once. Thread-safe. */
final class Watch {
  /** A person who starts a daemon, or adds a target, soon sees a first result. */
  private static final Duration FIRST_WITHIN = Duration.ofSeconds(1);

  /** But thousands of new checks in that second would be measured by a process out of breath. */
  private static final Duration FIRST_APART = Duration.ofMillis(20);

  /** Nor does a check wait longer than this for its first run, unless its interval is longer. */
  private static final Duration FIRST_AT_MOST = Duration.ofSeconds(20);

  /** What was made of a check, to be kept over a reload that does not change it. */
  private record Kept(ConfiguredTarget target, ConfiguredCheck check, Work work) {}

  /** A job of the schedule, or a kept connection. */
  private record Work(@Nullable Job job, @Nullable Held held) {}

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

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
        if (one.work().job() != null) {
          jobs.add(one.work().job());
        }
        checks.computeIfAbsent(target.name(), t -> new HashSet<>()).add(check.name());
      }
    }
    schedule.replace(jobs);
    hold(next);
    tools.history().retain(checks);
    tools.limits().retain(checks.keySet());
    kept.clear();
    kept.putAll(next);
    targets = List.copyOf(wanted);
  }

  /** Those that are no longer wanted close; what replaces them starts when they are over. */
  private void hold(Map<String, Kept> next) {
    Map<String, CompletableFuture<Void>> former = new HashMap<>();
    Set<Held> staying = held(next).collect(Collectors.toSet());
    Set<Held> running = held(kept).collect(Collectors.toSet());
    kept.forEach(
        (name, old) -> {
          Held held = old.work().held();
          if (held != null && !staying.contains(held)) {
            former.put(name, held.stop(CloseCode.NORMAL));
          }
        });
    next.forEach(
        (name, one) -> {
          Held held = one.work().held();
          if (held != null && !running.contains(held)) {
            held.startAfter(former.getOrDefault(name, DONE));
          }
        });
  }

  private static Stream<Held> held(Map<String, Kept> all) {
    return all.values().stream().map(one -> one.work().held()).filter(Objects::nonNull);
  }

  /** Closes every kept connection with 1001; completes when all are over. */
  synchronized CompletableFuture<Void> goAway() {
    return CompletableFuture.allOf(
        held(kept)
            .map(held -> held.stop(CloseCode.GOING_AWAY))
            .toArray(CompletableFuture<?>[]::new));
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
    Subject subject = subject(target, check);
    if (subject.held()) {
      Held held = new Held(tools, target, check, metrics.held(subject));
      return new Kept(target, check, new Work(null, held));
    }
    Duration interval = check.interval();
    Plan plan = Plan.every(interval).startingWithin(firstWithin(interval, first));
    CheckTask task =
        new CheckTask(tools, target, check, metrics.of(subject), new AtomicReference<>());
    return new Kept(target, check, new Work(new Job(name, plan, task), null));
  }

  /** Few start at once; many at short intervals are let in slowly, while code is still compiled. */
  private static Duration firstWithin(Duration interval, Duration first) {
    Duration most = interval.compareTo(FIRST_AT_MOST) > 0 ? interval : FIRST_AT_MOST;
    return first.compareTo(most) < 0 ? first : most;
  }

  private static Subject subject(ConfiguredTarget target, ConfiguredCheck check) {
    boolean tls = target.endpoint().uri().getScheme().toLowerCase(Locale.ROOT).equals("wss");
    boolean held = check.check() instanceof Hold;
    return new Subject(target.name(), check.name(), target.labels(), tls, false, held);
  }

  synchronized Status status() {
    return new Status(since, targets.stream().map(this::row).toList());
  }

  private Status.Target row(ConfiguredTarget target) {
    return new Status.Target(
        target.name(),
        target.endpoint().uri().toString(),
        target.labels(),
        target.checks().stream().map(c -> check(target, c)).toList());
  }

  private Status.Check check(ConfiguredTarget target, ConfiguredCheck check) {
    return new Status.Check(
        check.name(),
        check.check().kind(),
        check.interval(),
        InWords.of(check),
        held(target, check));
  }

  private Status.@Nullable Held held(ConfiguredTarget target, ConfiguredCheck check) {
    Kept one = kept.get(target.name() + "/" + check.name());
    Held held = one == null ? null : one.work().held();
    return held == null ? null : held.status();
  }
}
