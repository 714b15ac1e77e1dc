package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.daemon.Kinds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChangesTest {
  private static final String CHECK = "checks: [{kind: echo, send: a, expect_regex: \"%s\"}]";

  private static List<ConfiguredTarget> targets(String... nameUrlRegex) {
    StringBuilder text = new StringBuilder("targets:\n");
    for (int i = 0; i < nameUrlRegex.length; i += 3) {
      text.append("  - name: ").append(nameUrlRegex[i]).append('\n');
      text.append("    url: ").append(nameUrlRegex[i + 1]).append('\n');
      text.append("    ").append(CHECK.formatted(nameUrlRegex[i + 2])).append('\n');
    }
    Loaded loaded = ConfigFile.parse(text.toString(), Examples.context(Path.of("")), Kinds.ALL);
    assertThat(loaded).isInstanceOf(Loaded.Good.class);
    return ((Loaded.Good) loaded).config().targets();
  }

  @Test
  void tellsByNameAndEquality() {
    List<ConfiguredTarget> before =
        targets(
            "same", "ws://a/", "x", "url", "ws://b/", "x", "regex", "ws://c/", "x", "gone",
            "ws://d/", "x");
    List<ConfiguredTarget> after =
        targets(
            "new",
            "ws://e/",
            "x",
            "regex",
            "ws://c/",
            "y",
            "url",
            "ws://b2/",
            "x",
            "same",
            "ws://a/",
            "x");
    Changes changes = Changes.between(before, after);
    assertThat(changes.added()).extracting(ConfiguredTarget::name).containsExactly("new");
    assertThat(changes.removed()).extracting(ConfiguredTarget::name).containsExactly("gone");
    assertThat(changes.changed())
        .extracting(ConfiguredTarget::name)
        .containsExactly("regex", "url");
    assertThat(changes.unchanged()).extracting(ConfiguredTarget::name).containsExactly("same");
  }
}
