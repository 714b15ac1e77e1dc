package dev.echosounder.daemon;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of the targets one of several daemons with the same configuration watches. They need
 * not talk to each other: each target goes to the shard that scores highest for its name
 * (rendezvous hashing), so that one shard more takes its share from all others and moves nothing
 * else.
 *
 * @param index from 0
 * @param count of how many
 */
public record Shard(int index, int count) {
  /** The only daemon there is. */
  public static final Shard WHOLE = new Shard(0, 1);

  /** Every shard scores every name: a slip of the pen must not make that slow. */
  private static final int MOST = 1_000;

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  public Shard {
    if (count < 1 || count > MOST || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "expected i/n with n from 1 to %d and i from 0 to n-1, got %d/%d"
              .formatted(MOST, index, count));
    }
  }

  /**
   * {@code i/n}.
   *
   * @throws IllegalArgumentException if it isn't; says what was expected
   */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "expected i/n, such as 0/3 for the first of three, got \"" + text + "\"");
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /** Those that this shard watches, in the same order. */
  <T> List<T> of(List<T> all, Function<T, String> name) {
    return all.stream().filter(one -> watches(name.apply(one))).toList();
  }

  boolean watches(String name) {
    long hash = hash(name);
    long own = score(hash, index);
    for (int other = 0; other < count; other++) {
      long score = score(hash, other);
      // The score is a bijection of the shard's number: two never score the same.
      if (other != index && Long.compareUnsigned(score, own) > 0) {
        return false;
      }
    }
    return true;
  }

  private static long score(long hash, int shard) {
    return mix(hash ^ mix(shard + 1L));
  }

  /** FNV-1a: the same in every release of Java, for all daemons must agree. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finalizer of SplitMix64: every bit of the input turns half of the output's bits. */
  private static long mix(long x) {
    long z = x + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
