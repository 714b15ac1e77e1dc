package dev.echosounder.schedule;

/**
 * One job's place in the schedule. Its instants are a pure function of name, plan and seed, so
 * nothing drifts and a reload moves nothing. All fields are guarded by the schedule's lock; times
 * are nanoseconds since the schedule's origin.
 */
final class Slot {
  /** 2^64 divided by the golden ratio: spreads successive indices over all bits. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long hash;
  private final long seed;

  Job job;
  boolean running;

  /** A removed slot lives on while its run does, so that a job that comes back cannot overlap. */
  boolean removed;

  /** The next intended instant. */
  long next;

  /** Which of the regular instants {@link #next} stands for. */
  private long index;

  Slot(Job job, long seed, long now) {
    this.job = job;
    this.hash = hash(job.name());
    this.seed = seed;
    enter(now);
  }

  /** Takes the place that the job's plan gives it. */
  void enter(long now) {
    long within = job.plan().firstWithin().toNanos();
    // Chosen by other bits than the place in the interval: else those let in together knock
    // together.
    long entry = within > interval() ? now + part(mix(hash + GOLDEN), within - interval()) : now;
    index = lastUpTo(entry - 1) + 1;
    next = at(index);
    long early = now + part(hash, within);
    if (within < interval() && early < next) {
      // Soon followed by the regular instant, it stands for that one; else it is one more.
      index -= next - early < interval() / 2 ? 0 : 1;
      next = early;
    }
  }

  /**
   * Moves on to the first instant after {@code now}.
   *
   * @return how many instants besides the one moved from have passed
   */
  long advance(long now) {
    // An early first start may stand for a regular instant that is still to come.
    long last = Math.max(index, lastUpTo(now));
    long passed = last - index;
    index = last + 1;
    next = at(index);
    return passed;
  }

  long interval() {
    return job.plan().interval().toNanos();
  }

  private long at(long i) {
    long jitter = job.plan().jitter().toNanos();
    return regular(i) + (jitter == 0 ? 0 : part(mix((hash ^ seed) + i * GOLDEN), jitter));
  }

  private long regular(long i) {
    return part(hash, interval()) + i * interval();
  }

  /** The index of the newest instant that is not after {@code now}; jitter is below an interval. */
  private long lastUpTo(long now) {
    long i = Math.floorDiv(now - regular(0), interval());
    return at(i) <= now ? i : i - 1;
  }

  /** The part of {@code whole}, from 0 to below it, that these random bits choose. */
  private static long part(long bits, long whole) {
    return Math.multiplyHigh(bits >>> 1, whole << 1);
  }

  /** FNV-1a, mixed: the same on every machine and in every release, unlike a seeded hash. */
  private static long hash(String name) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      h = (h ^ name.charAt(i)) * 0x100000001B3L;
    }
    return mix(h);
  }

  /** MurmurHash3's finalizer: each input bit changes half of the output bits. */
  private static long mix(long bits) {
    long h = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
