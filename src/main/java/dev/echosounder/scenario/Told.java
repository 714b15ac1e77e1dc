package dev.echosounder.scenario;

import dev.echosounder.report.ScenarioRecord;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** What Cucumber tells of a scenario, in our words. */
final class Told {
  /** Where the hooks of a scenario fail. */
  static final String AT_THE_END = "at the scenario's end";

  private Told() {}

  static ScenarioRecord.Status status(Status status) {
    return switch (status) {
      case PASSED -> ScenarioRecord.Status.PASSED;
      case SKIPPED, PENDING -> ScenarioRecord.Status.SKIPPED;
      default -> ScenarioRecord.Status.FAILED;
    };
  }

  /** A failed expectation says everything itself; anything else is a fault and needs its kind. */
  static String why(Result result) {
    Throwable error = result.getError();
    if (result.getStatus() == Status.UNDEFINED) {
      return "there is no such step";
    }
    if (error == null) {
      return result.getStatus().name().toLowerCase(Locale.ROOT);
    }
    return error instanceof AssertionError && error.getMessage() != null
        ? error.getMessage()
        : error.toString();
  }

  /** Relative to where the run was started, if it is below. */
  static String file(URI uri) {
    if (!"file".equals(uri.getScheme())) {
      return uri.toString();
    }
    Path here = Path.of("").toAbsolutePath();
    Path file = uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
    Path whole = file.toAbsolutePath().normalize();
    return (whole.startsWith(here) ? here.relativize(whole) : whole).toString().replace('\\', '/');
  }
}
