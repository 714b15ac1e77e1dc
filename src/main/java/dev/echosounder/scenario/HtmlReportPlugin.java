package dev.echosounder.scenario;

import dev.echosounder.report.HtmlReport;
import dev.echosounder.report.Latencies;
import dev.echosounder.report.Secrets;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestRunFinished;
import java.nio.file.Path;
import java.util.List;

/**
 * The HTML report for whoever runs scenarios by Cucumber or JUnit: the plugin {@code
 * dev.echosounder.scenario.HtmlReportPlugin:DIRECTORY}. Thread-safe.
 */
public final class HtmlReportPlugin implements ConcurrentEventListener {
  private final Recorder recorder;

  /**
   * @param directory where it is written, relative to where the run was started
   */
  public HtmlReportPlugin(String directory) {
    Latencies latencies = new Latencies();
    HtmlReport html = new HtmlReport(Path.of(directory), latencies);
    recorder =
        new Recorder(List.of(latencies, html), new Secrets(), Waivers.none(), System::nanoTime);
  }

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    recorder.setEventPublisher(publisher);
    publisher.registerHandlerFor(TestRunFinished.class, event -> complain());
  }

  /** Cucumber ends the run with this. */
  private void complain() {
    if (!recorder.problems().isEmpty()) {
      throw new IllegalStateException(String.join("; ", recorder.problems()));
    }
  }
}
