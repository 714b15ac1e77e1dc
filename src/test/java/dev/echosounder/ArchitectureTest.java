package dev.echosounder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms and the one owner of each third-party API. */
final class ArchitectureTest {
  private static final String ROOT = "dev.echosounder.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.echosounder");

  /** Room to the rooms it may use. */
  private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

  static {
    ARROWS.put("ws", Set.of());
    ARROWS.put("peer", Set.of());
    ARROWS.put("check", Set.of("ws"));
    ARROWS.put("report", Set.of("ws", "check"));
    ARROWS.put("scenario", Set.of("ws", "check", "report", "peer"));
    ARROWS.put("cli", Set.of("ws", "check", "report", "scenario", "peer"));
  }

  /** Third-party package to the rooms that may import it. */
  private static final Map<String, Set<String>> MONOPOLIES =
      Map.of(
          "jakarta.websocket..", Set.of("ws"),
          "nl.altindag..", Set.of("ws", "cli"),
          "org.eclipse.jetty..", Set.of("ws", "peer"),
          "org.eclipse.jetty.client..", Set.of("ws"),
          "org.eclipse.jetty.server..", Set.of("peer"),
          "io.cucumber..", Set.of("scenario"),
          "tools.jackson..", Set.of("report"),
          "picocli..", Set.of("cli"));

  @Test
  void everyRoomIsKnownAndEveryKnownRoomHasClasses() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(
        c -> {
          String rest = c.getPackageName().substring(ROOT.length());
          found.add(rest.split("\\.", -1)[0]);
        });
    assertThat(found).containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
  }

  @Test
  void roomsDependOnlyAlongTheArrows() {
    ARROWS.forEach(
        (room, allowed) -> {
          List<String> forbidden =
              ARROWS.keySet().stream()
                  .filter(r -> !r.equals(room) && !allowed.contains(r))
                  .map(r -> ROOT + r + "..")
                  .toList();
          noClasses()
              .that()
              .resideInAPackage(ROOT + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden.toArray(String[]::new))
              .check(CLASSES);
        });
  }

  @Test
  void eachThirdPartyApiHasItsOwners() {
    MONOPOLIES.forEach(
        (api, owners) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    owners.stream().map(o -> ROOT + o + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(api)
                .check(CLASSES));
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
