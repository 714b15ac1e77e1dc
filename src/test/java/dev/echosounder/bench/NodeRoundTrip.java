package dev.echosounder.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The ws package on Node.js, in a process of its own; {@code src/test/node/round-trip.mjs}. */
record NodeRoundTrip(Process node, Writer orders, BufferedReader answers)
    implements RoundTrip.Way, AutoCloseable {
  private static final Path HOME = Path.of("src", "test", "node");

  /** Empty where there is no node, or not the package. */
  static Optional<NodeRoundTrip> start(URI server) {
    if (Files.notExists(HOME.resolve("node_modules/ws/package.json"))) {
      return Optional.empty();
    }
    String script = HOME.resolve("round-trip.mjs").toString();
    try {
      Process node =
          new ProcessBuilder("node", script, server.toString(), "" + RoundTrip.BLOCK)
              .redirectError(Redirect.INHERIT)
              .start();
      return Optional.of(
          new NodeRoundTrip(
              node,
              node.outputWriter(StandardCharsets.UTF_8),
              node.inputReader(StandardCharsets.UTF_8)));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  @Override
  public long[] block() throws IOException {
    orders.write("go\n");
    orders.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("node ended");
    }
    return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  /** The script ends with its input. */
  @Override
  public void close() throws IOException {
    orders.close();
  }
}
