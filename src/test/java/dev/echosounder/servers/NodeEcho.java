package dev.echosounder.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code ws} package on Node.js: {@code src/test/node/server.mjs}. Seen of 8.23: 400 for an
 * unknown path, a missing key and version 12; 426 for a plain request to any path; an unknown
 * subprotocol is accepted with no header; an empty close is answered by an empty one, the illegal
 * code 1005 with 1002; violations get 1002, 1007 and 1009 with no reason text; after its own close
 * frame it waits for the peer's.
 */
final class NodeEcho {
  private static final Path HOME = Path.of("src", "test", "node").toAbsolutePath();
  private static final Pattern LISTENING = Pattern.compile("listening (\\d+)\\R");

  private NodeEcho() {}

  static Start start(String name) {
    Optional<Path> node = Program.find("node");
    if (node.isEmpty()) {
      return new Start.Unavailable(name, "node is not installed");
    }
    if (Files.notExists(HOME.resolve("node_modules/ws/package.json"))) {
      String reason = "npm packages are missing: run npm ci --prefix src/test/node";
      return new Start.Unavailable(name, reason);
    }
    ChildProcess process =
        ChildProcess.start(
            Scratch.directory(name).resolve("output.log"),
            Map.of("MAX_MESSAGE_BYTES", Integer.toString(EchoServer.MAX_MESSAGE_BYTES)),
            List.of(node.get().toString(), HOME.resolve("server.mjs").toString()));
    int port =
        process
            .await(() -> port(process.output()))
            .orElseThrow(() -> new IllegalStateException("node ended: " + process.output()));
    return new Start.Running(new External(name, Loopback.ws(port, "/echo"), process));
  }

  private static Optional<Integer> port(String output) {
    Matcher matcher = LISTENING.matcher(output);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
