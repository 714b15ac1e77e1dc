package dev.echosounder.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.config.CheckKind;
import dev.echosounder.config.ConfigFile;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.config.Environment;
import dev.echosounder.config.Loaded;
import dev.echosounder.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind is in the schema, the example and the documentation, whose examples run and pass. */
final class KindsIT {
  @TempDir private Path directory;

  static List<String> kinds() {
    return Kinds.ALL.all().stream().map(CheckKind::name).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachKindIsPublishedAndItsExamplePasses(String kind) throws IOException {
    assertThat(Path.of("docs/config.schema.json")).content().contains("\"" + kind + "\"");
    assertThat(Path.of("config/echosounder.example.yml")).content().contains("- kind: " + kind);
    String yaml = example(kind);
    try (Peer peer = Peer.start()) {
      Path file = directory.resolve("example.yml");
      Files.writeString(file, here(yaml, peer));
      Loaded loaded = ConfigFile.load(file, Environment.of(Map.of()), Kinds.ALL);
      assertThat(loaded).isInstanceOf(Loaded.Good.class);
      var config = ((Loaded.Good) loaded).config();
      assertThat(config.targets().get(0).checks())
          .extracting(ConfiguredCheck::check)
          .allSatisfy(check -> assertThat(check.kind()).isEqualTo(kind));
      assertThat(Once.run(config)).isNotEmpty().allSatisfy(r -> assertThat(r.passed()).isTrue());
    }
  }

  /** The peer has a port of its own, and paths start at this project. */
  private static String here(String yaml, Peer peer) {
    return yaml.replace("127.0.0.1:9001", peer.uri("/").getAuthority())
        .replace("features/", Path.of("features").toAbsolutePath() + "/");
  }

  private static String example(String kind) throws IOException {
    var section =
        Pattern.compile(
                "^## " + kind + "\n.*?```yaml\n(.*?)```", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/checks.md")));
    assertThat(section.find()).as("docs/checks.md has no section and example of " + kind).isTrue();
    assertThat(section.group()).as(kind).doesNotContain("\n## ");
    return section.group(1);
  }
}
