package dev.echosounder.report;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Is told of every scenario of a run as it ends. Called by one thread at a time.
 *
 * <p>An {@link IOException} ends this report, not the run; whoever runs says so.
 */
public interface RunReport {
  /**
   * A scenario has ended.
   *
   * @param redact hides what the run has learnt to be secret; to be applied before any escaping
   * @throws IOException if it can't be written
   */
  void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) throws IOException;

  /**
   * The run has ended: the last call.
   *
   * @throws IOException if it can't be written
   */
  void end() throws IOException;
}
