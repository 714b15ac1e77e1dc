package dev.echosounder.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The dashboards in the tree are those that are written in Java, to the byte. */
final class DashboardsTest {
  private static final Map<String, Board> BOARDS =
      Map.of(
          "fleet.json", FleetBoard.board(),
          "target.json", TargetBoard.board(),
          "connections.json", ConnectionsBoard.board(),
          "slo.json", SloBoard.board());

  @Test
  void theTreeHoldsWhatIsWrittenHere() throws IOException {
    if (System.getProperty("echosounder.write-docs") != null) {
      Files.createDirectories(Dashboards.DIRECTORY);
      for (Map.Entry<String, Board> board : BOARDS.entrySet()) {
        Files.writeString(Dashboards.DIRECTORY.resolve(board.getKey()), board.getValue().text());
      }
    }
    Map<String, String> held = new TreeMap<>();
    for (String name : Dashboards.all().keySet()) {
      held.put(name, Files.readString(Dashboards.DIRECTORY.resolve(Path.of(name))));
    }
    Map<String, String> written = new TreeMap<>();
    BOARDS.forEach((name, board) -> written.put(name, board.text()));
    assertThat(held)
        .as("run: mvn -q test -Dtest=DashboardsTest -Dechosounder.write-docs")
        .isEqualTo(written);
  }
}
