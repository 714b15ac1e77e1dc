package dev.echosounder.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A server on Node.js, of the directory {@code src/test/node}. */
public final class NodeServer {
  private static final Path HOME = Path.of("src", "test", "node").toAbsolutePath();

  private NodeServer() {}

  /** Starts a script, which prints the port that it listens on. */
  public static Start start(String name, String script, String path) {
    return start(name, script, path, Map.of());
  }

  private static Start start(
      String name, String script, String path, Map<String, String> environment) {
    Optional<Path> node = Program.find("node");
    if (node.isEmpty()) {
      return new Start.Unavailable(name, "node is not installed");
    }
    if (Files.notExists(HOME.resolve("node_modules/ws/package.json"))) {
      String reason = "npm packages are missing: run npm ci --prefix src/test/node";
      return new Start.Unavailable(name, reason);
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put("MAX_MESSAGE_BYTES", Integer.toString(EchoServer.MAX_MESSAGE_BYTES));
    return Script.start(name, path, all, node.get(), HOME.resolve(script));
  }

  /** The echo server of the package ws on a unix socket; its URI's port is nobody's. */
  public static Start echoOn(Path socket) {
    return start(
        "node ws", "server.mjs", "/echo", Map.of("SOCKET", socket.toAbsolutePath().toString()));
  }
}
