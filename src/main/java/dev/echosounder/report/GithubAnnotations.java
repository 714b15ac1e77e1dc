package dev.echosounder.report;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Failures as workflow commands of GitHub Actions, which shows them at their line of the change.
 * GitHub shows ten errors a step and drops the rest; all are printed.
 */
public final class GithubAnnotations implements RunReport {
  private static final int MOST_LINES = 30;

  private final Consumer<String> print;
  private final Path workspace;

  /**
   * Told by {@code print}.
   *
   * @param print takes one line with its line break
   * @param workspace the checkout, from which GitHub names files
   */
  public GithubAnnotations(Consumer<String> print, Path workspace) {
    this.print = print;
    this.workspace = workspace.toAbsolutePath().normalize();
  }

  @Override
  public void scenario(ScenarioRecord scenario, UnaryOperator<String> redact) {
    if (scenario.status() == ScenarioRecord.Status.FAILED) {
      print.accept(
          error(
              file(scenario.file()),
              scenario.errorLine(),
              redact.apply(scenario.name()),
              Excerpt.of(redact.apply(scenario.error()), MOST_LINES)));
    }
  }

  /** A run may have been started in a directory of the checkout. */
  private String file(String file) {
    Path whole = Path.of(file).toAbsolutePath().normalize();
    return whole.startsWith(workspace) ? workspace.relativize(whole).toString() : file;
  }

  @Override
  public void end() {
    // Each failure was told as it happened.
  }

  /** A failure at a line of a file. */
  static String error(String file, int line, String title, String message) {
    return "::error file=%s,line=%d,title=%s::%s\n"
        .formatted(property(file), line, property(title), data(message));
  }

  /** A failure that no line of a file is to blame for. */
  public static String error(String title, String message) {
    return "::error title=%s::%s\n".formatted(property(title), data(message));
  }

  private static String data(String text) {
    return Visible.lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(Visible.text(text)).replace(":", "%3A").replace(",", "%2C");
  }
}
