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
    ARROWS.put("hold", Set.of("ws", "check"));
    ARROWS.put("report", Set.of("ws", "check"));
    ARROWS.put("scenario", Set.of("ws", "auth", "check", "hold", "report", "peer"));
    ARROWS.put("auth", Set.of("ws"));
    ARROWS.put("junit", Set.of("ws", "scenario", "peer"));
    // Nothing may use it: it is in no other room's list.
    ARROWS.put("subprotocol", Set.of("ws", "check", "scenario"));
    ARROWS.put("schedule", Set.of());
    ARROWS.put("metrics", Set.of("ws", "check", "hold"));
    ARROWS.put("web", Set.of("ws", "check", "report"));
    // The exporters' web-config file is YAML, which config reads, and a matter of web's.
    ARROWS.put("config", Set.of("ws", "auth", "check", "web"));
    ARROWS.put(
        "daemon",
        Set.of(
            "ws",
            "check",
            "hold",
            "report",
            "scenario",
            "peer",
            "schedule",
            "metrics",
            "web",
            "config"));
    ARROWS.put(
        "cli", Set.of("ws", "auth", "check", "report", "scenario", "peer", "config", "daemon"));
  }

  /** Third-party package to the rooms that may import it. */
  private static final Map<String, Set<String>> MONOPOLIES =
      Map.ofEntries(
          Map.entry("jakarta.websocket..", Set.of("ws")),
          Map.entry("nl.altindag..", Set.of("ws", "cli", "web")),
          Map.entry("com.nimbusds..", Set.of("auth")),
          Map.entry("io.micrometer..", Set.of("metrics")),
          Map.entry("io.prometheus..", Set.of("metrics")),
          Map.entry("org.snakeyaml..", Set.of("config")),
          Map.entry("org.springframework..", Set.of("web")),
          Map.entry("com.networknt..", Set.of("check")),
          Map.entry("org.eclipse.jetty..", Set.of("ws", "peer", "web")),
          Map.entry("org.eclipse.jetty.client..", Set.of("ws")),
          Map.entry("org.eclipse.jetty.server..", Set.of("peer", "web")),
          Map.entry("org.HdrHistogram..", Set.of("scenario", "report")),
          Map.entry("ch.qos.logback..", Set.of("daemon")),
          Map.entry("io.cucumber..", Set.of("scenario", "subprotocol")),
          Map.entry("org.junit..", Set.of("junit")),
          Map.entry("org.opentest4j..", Set.of("junit")),
          Map.entry("org.assertj..", Set.of("junit")),
          Map.entry("tools.jackson..", Set.of("report", "config", "web", "check", "subprotocol")),
          Map.entry("com.jayway..", Set.of("check")),
          Map.entry("picocli..", Set.of("cli")));

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
  void eachSubprotocolCanBeTakenAwayByItself() {
    slices().matching(ROOT + "subprotocol.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
