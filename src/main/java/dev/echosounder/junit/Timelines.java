package dev.echosounder.junit;

import java.util.Map;

/**
 * Tells, under a failure that does not do so itself, what happened on the test's connections. No
 * exception of its own: a suppressed one is what every report shows.
 */
final class Timelines extends Exception {
  private static final long serialVersionUID = 1;

  private Timelines(String text) {
    super(text, null, false, false);
  }

  static void addTo(Throwable failure, Map<String, String> timelines) {
    String told = String.valueOf(failure.getMessage());
    StringBuilder untold = new StringBuilder();
    timelines.forEach(
        (who, text) -> {
          if (!told.contains("timeline of " + who + " ")) {
            untold.append('\n').append(text.stripTrailing());
          }
        });
    if (!untold.isEmpty()) {
      failure.addSuppressed(new Timelines("what happened on the connections:" + untold));
    }
  }
}
