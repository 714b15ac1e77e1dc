package dev.echosounder.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server on Node.js, of the directory {@code src/test/node}. */
public final class NodeServer {
  private static final Path HOME = Path.of("src", "test", "node").toAbsolutePath();

  private NodeServer() {}

  /** Starts a script, which prints the port that it listens on. */
  public static Start start(String name, String script, String path) {
    Optional<Path> node = Program.find("node");
    if (node.isEmpty()) {
      return new Start.Unavailable(name, "node is not installed");
    }
    if (Files.notExists(HOME.resolve("node_modules/ws/package.json"))) {
      String reason = "npm packages are missing: run npm ci --prefix src/test/node";
      return new Start.Unavailable(name, reason);
    }
    return Script.start(
        name,
        path,
        Map.of("MAX_MESSAGE_BYTES", Integer.toString(EchoServer.MAX_MESSAGE_BYTES)),
        node.get(),
        HOME.resolve(script));
  }
}
