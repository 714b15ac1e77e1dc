package dev.echosounder.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server in Python, of the directory {@code src/test/python} and with the packages there. */
public final class PythonServer {
  private static final Path HOME = Path.of("src", "test", "python").toAbsolutePath();
  private static final Path PYTHON = HOME.resolve(".venv/bin/python");

  private PythonServer() {}

  /** Starts a script, which prints the port that it listens on. */
  public static Start start(String name, String script, String path) {
    if (!Files.isExecutable(PYTHON)) {
      String reason =
          "Python packages are missing: run python3 -m venv src/test/python/.venv &&"
              + " src/test/python/.venv/bin/pip install -r src/test/python/requirements.txt";
      return new Start.Unavailable(name, reason);
    }
    return Script.start(name, path, Map.of(), PYTHON, HOME.resolve(script));
  }
}
