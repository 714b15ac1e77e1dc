package dev.echosounder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AnswersTest {
  private static final Duration LIMIT = Duration.ofMillis(100);

  @Test
  void answersInAnyOrderAreNoFault() {
    Answers answers = due("1", "2");
    answers.add("2", 5_000_000);
    assertThat(answers.complete()).isFalse();
    answers.add("1", 7_000_000);
    assertThat(answers.complete()).isTrue();
    assertThat(answers.faults(LIMIT, true)).isEmpty();
    assertThat(answers.byId()).containsEntry("1", Duration.ofMillis(7));
  }

  @Test
  void namesWhatIsMissingLateTwiceAndStrange() {
    Answers answers = due("1", "2", "3", "4");
    answers.add("1", 100_000_000);
    answers.add("2", 100_000_001);
    answers.add("3", 1);
    answers.add("3", 2);
    answers.add("9", 3);
    assertThat(answers.faults(LIMIT, true))
        .contains(
            "of 4: 1 missing: 4; 1 late: 2 after 100 ms; 1 answered more than once: 3 (1 too many);"
                + " answers to nothing: the id 9 (1 too many)");
    assertThat(answers.faults(LIMIT, false).orElseThrow()).doesNotContain("nothing");
  }

  @Test
  void doesNotListThousands() {
    String[] ids = new String[1_000];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "id" + i;
    }
    assertThat(due(ids).faults(LIMIT, true).orElseThrow())
        .startsWith("of 1000: 1000 missing: id0, ")
        .endsWith("and 990 more");
  }

  private static Answers due(String... ids) {
    Map<String, Long> due = new LinkedHashMap<>();
    for (String id : ids) {
      due.put(id, 0L);
    }
    return new Answers(due);
  }
}
