package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardTest {
  /** So many names that chance stays within a tenth or so of the even share. */
  private static final int NAMES_A_SHARD = 2_000;

  private static int owner(String name, int count) {
    int[] owners =
        IntStream.range(0, count).filter(i -> new Shard(i, count).watches(name)).toArray();
    if (owners.length != 1) { // Asked millions of times: an assertion each would cost seconds.
      throw new AssertionError(name + " belongs to " + owners.length + " shards");
    }
    return owners[0];
  }

  /** As people and discoveries name them: alike but for a number. */
  private static List<String> names(String prefix, int number) {
    return IntStream.range(0, number).mapToObj(i -> prefix + i).toList();
  }

  @Property
  void everyNameBelongsToExactlyOneShard(
      @ForAll @Size(max = 30) @UniqueElements List<String> names,
      @ForAll @IntRange(min = 1, max = 50) int count) {
    List<String> all =
        IntStream.range(0, count)
            .mapToObj(i -> new Shard(i, count).of(names, Function.identity()))
            .flatMap(List::stream)
            .toList();
    assertThat(all).containsExactlyInAnyOrderElementsOf(names);
  }

  @Property(tries = 40)
  void oneShardMoreTakesItsShareFromAllAndMovesNothingElse(
      @ForAll @StringLength(max = 20) String prefix,
      @ForAll @IntRange(min = 1, max = 12) int count) {
    List<String> names = names(prefix, NAMES_A_SHARD * (count + 1));
    long[] lost = new long[count];
    for (String name : names) {
      int before = owner(name, count);
      int after = owner(name, count + 1);
      if (after != before) {
        assertThat(after).isEqualTo(count);
        lost[before]++;
      }
    }
    assertThat(IntStream.range(0, count).mapToLong(i -> lost[i]).sum())
        .isBetween(NAMES_A_SHARD * 85L / 100, NAMES_A_SHARD * 115L / 100);
    assertThat(lost).doesNotContain(0);
  }

  @Property(tries = 40)
  void sharesAreEven(
      @ForAll @StringLength(max = 20) String prefix,
      @ForAll @IntRange(min = 2, max = 12) int count) {
    List<String> names = names(prefix, NAMES_A_SHARD * count);
    for (int i = 0; i < count; i++) {
      assertThat(new Shard(i, count).of(names, Function.identity()).size())
          .as("shard %d of %d", i, count)
          .isBetween(NAMES_A_SHARD * 85 / 100, NAMES_A_SHARD * 115 / 100);
    }
  }

  /** Daemons of different releases must agree: if this changes, say so in the release notes. */
  @Test
  void sharesAreTheSameInEveryRelease() {
    assertThat(names("target-", 12))
        .extracting(name -> owner(name, 3))
        .containsExactly(2, 1, 2, 0, 0, 0, 1, 0, 2, 0, 2, 1);
  }

  @Test
  void readsWhatItPrints() {
    assertThat(Shard.parse(new Shard(2, 3).toString())).isEqualTo(new Shard(2, 3));
    assertThat(Shard.parse("0/1")).isEqualTo(Shard.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "/3", "1/", "a/b", "-1/3", "0/3/4", " 0/3", "0/99999"})
  void otherFormsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shard.parse(text))
        .withMessage("expected i/n, such as 0/3 for the first of three, got \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3/3", "0/0", "0/1001"})
  void numbersOutOfRangeAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shard.parse(text))
        .withMessage("expected i/n with n from 1 to 1000 and i from 0 to n-1, got " + text);
  }
}
