package dev.echosounder.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** How a test class came out when JUnit's launcher ran it. */
final class Launched implements TestExecutionListener {
  private final Map<String, TestExecutionResult> results =
      Collections.synchronizedMap(new LinkedHashMap<>());
  final List<String> entries = new CopyOnWriteArrayList<>();

  static Launched of(Class<?> tests) {
    Launched launched = new Launched();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build(),
            launched);
    return launched;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    results.put(test.getDisplayName(), result);
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entry.getKeyValuePairs().forEach((key, value) -> entries.add(key + "=" + value));
  }

  /** The stack trace that a report shows, or "passed". */
  String of(String test) {
    TestExecutionResult result = results.get(test);
    if (result == null) {
      return "not run; run were " + results.keySet();
    }
    StringWriter text = new StringWriter();
    result.getThrowable().ifPresent(t -> t.printStackTrace(new PrintWriter(text, true)));
    return text.toString().isEmpty() ? "passed" : text.toString();
  }

  /** What failed, tests and classes. */
  List<String> failed() {
    return results.entrySet().stream()
        .filter(e -> e.getValue().getStatus() != TestExecutionResult.Status.SUCCESSFUL)
        .map(Map.Entry::getKey)
        .toList();
  }
}
