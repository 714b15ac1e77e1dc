package dev.echosounder.scenario;

import io.cucumber.core.feature.FeatureWithLines;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestStepFinished;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Matches features with steps, without running anything. */
final class DryRun implements ConcurrentEventListener {
  /** The patterns that matched. */
  final Set<String> used = new TreeSet<>();

  /**
   * The same by the line of the step in its feature, which only one feature at a time makes clear.
   */
  final Map<Integer, String> usedAt = new TreeMap<>();

  /** The steps that no pattern, or more than one, matched, and which of the two. */
  final Map<String, Status> unclear = new LinkedHashMap<>();

  static DryRun of(List<Path> features, String... glue) {
    DryRun result = new DryRun();
    RuntimeOptionsBuilder options = new RuntimeOptionsBuilder().setDryRun().setNoSummary();
    features.forEach(f -> options.addFeature(FeatureWithLines.parse(f.toString())));
    for (String room : glue) {
      options.addGlue(URI.create("classpath:/" + room.replace('.', '/')));
    }
    Runtime.builder()
        .withRuntimeOptions(options.setPublishQuiet(true).build())
        .withAdditionalPlugins(result)
        .build()
        .run();
    return result;
  }

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(TestStepFinished.class, this::onStep);
  }

  private void onStep(TestStepFinished event) {
    if (event.getTestStep() instanceof PickleStepTestStep step) {
      Status status = event.getResult().getStatus();
      if (status == Status.UNDEFINED || status == Status.AMBIGUOUS) {
        unclear.put(step.getStep().getText(), status);
      } else {
        used.add(step.getPattern());
        usedAt.put(step.getStep().getLine(), step.getPattern());
      }
    }
  }
}
