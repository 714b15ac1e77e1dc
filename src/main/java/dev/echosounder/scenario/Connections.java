package dev.echosounder.scenario;

import dev.echosounder.report.ScenarioRecord.Connected;
import dev.echosounder.report.Secrets;
import dev.echosounder.ws.Timeline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands the connections of the scenario that has just ended on this thread from its last hook,
 * which knows them, to the reports, which hear of the scenario's end next.
 */
final class Connections {
  /** How many runs want them. Scenarios that a daemon runs for ever keep nothing. */
  private static final AtomicInteger WANTED = new AtomicInteger();

  private static final ThreadLocal<@Nullable World> ENDED = new ThreadLocal<>();

  private Connections() {}

  static void want() {
    WANTED.incrementAndGet();
  }

  static void wantNoMore() {
    WANTED.decrementAndGet();
  }

  static void ended(World world) {
    if (WANTED.get() > 0) {
      ENDED.set(world);
    }
  }

  /** Those of the scenario that ended on this thread since the last call, oldest first. */
  static List<Connected> take(Secrets secrets) {
    World world = ENDED.get();
    ENDED.remove();
    List<Connected> all = new ArrayList<>();
    if (world == null) {
      return all;
    }
    secrets.learn(world.said());
    for (Conversation c : world.conversations()) {
      secrets.learn(c.connection().target());
      add(all, c.who(), c.connection().target().uri(), c.connection().timeline(), secrets);
    }
    for (Kept kept : world.kept()) {
      int number = 0;
      for (Timeline timeline : kept.timelines()) {
        number++;
        String who = number == 1 ? kept.who() : kept.who() + " (" + number + ")";
        add(all, who, world.target().uri(), timeline, secrets);
      }
    }
    return all;
  }

  private static void add(
      List<Connected> all, String who, URI target, Timeline timeline, Secrets secrets) {
    Timeline still = timeline.snapshot();
    secrets.learn(still);
    all.add(new Connected(who, target, still));
  }
}
