package dev.echosounder.servers;

/**
 * The {@code ws} package on Node.js: {@code src/test/node/server.mjs}. Seen of 8.23: 400 for an
 * unknown path, a missing key and version 12; 426 for a plain request to any path; an unknown
 * subprotocol is accepted with no header; an empty close is answered by an empty one, the illegal
 * code 1005 with 1002; violations get 1002, 1007 and 1009 with no reason text; after its own close
 * frame it waits for the peer's.
 */
final class NodeEcho {
  private NodeEcho() {}

  static Start start(String name) {
    return NodeServer.start(name, "server.mjs", "/echo");
  }
}
