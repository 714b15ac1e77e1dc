package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.check.Expectation;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class AssignmentTest {
  /** Each is right for all that come before it, so that the first to fit is often the wrong one. */
  private static final List<Wanted> WANTED =
      List.of(matching("[a-d]"), matching("[a-c]"), matching("[ab]"), matching("a"));

  private static Wanted matching(String regex) {
    return Wanted.of(new Expectation.Matching(Pattern.compile(regex), true));
  }

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.shuffle("a", "b", "c", "d");
  }

  @Property(tries = 24)
  void theOrderInWhichTheyComeDoesNotMatter(@ForAll("orders") List<String> order) {
    Assignment assignment = new Assignment(WANTED);
    for (String text : order) {
      Payload message = Payload.text(text);
      assertThat(assignment.complete()).isFalse();
      assertThat(assignment.next().matches().test(message)).as(text).isTrue();
      assignment.add(message);
    }
    assertThat(assignment.complete()).isTrue();
  }

  @Example
  void oneTooManyOfAKindDoesNotFit() {
    Assignment assignment = new Assignment(WANTED);
    assignment.add(Payload.text("d"));
    Payload again = Payload.text("d");
    assertThat(assignment.next().matches().test(again)).isFalse();
    assertThatThrownBy(() -> assignment.add(again)).isInstanceOf(IllegalStateException.class);
  }
}
