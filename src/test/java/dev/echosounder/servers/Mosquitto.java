package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Mosquitto, an MQTT broker, with a WebSocket listener; it echoes nothing. Seen of 2.0.11: any path
 * will do; a plain request, an unknown subprotocol and a missing key get a bare FIN and no answer;
 * version 12 is accepted; text, fragments and whatever else isn't MQTT end in a bare FIN; of two
 * pings in one packet only the first is answered; permessage-deflate is declined; an empty close is
 * answered by an empty one.
 */
final class Mosquitto {
  private Mosquitto() {}

  static Start start(String name) {
    Optional<Path> mosquitto = Program.find("mosquitto");
    if (mosquitto.isEmpty()) {
      return new Start.Unavailable(name, "mosquitto is not installed");
    }
    return new Start.Running(
        External.start(
            name,
            "/mqtt",
            (port, home) -> prepare(mosquitto.get(), port, home),
            Mosquitto::listens));
  }

  private static boolean listens(ChildProcess process, Path home) {
    return process.output().lines().anyMatch(line -> line.endsWith(" running"));
  }

  /**
   * The plain listener is there because some builds end at once with a WebSocket listener alone. A
   * broker started by root would become another user, who may not read its files, were it not for
   * {@code user}; started by anyone else it ignores the line. Mosquitto 2.0 binds its WebSocket
   * listener to every interface whatever the configuration says: the empty list of permissions
   * keeps strangers from passing messages through it.
   */
  private static List<String> prepare(Path mosquitto, int port, Path home) {
    Path permissions = home.resolve("permissions");
    Path config = home.resolve("mosquitto.conf");
    String text =
        """
        user root
        allow_anonymous true
        acl_file %s
        listener %d 127.0.0.1
        listener %d 127.0.0.1
        protocol websockets
        """
            .formatted(permissions, Loopback.freePort(), port);
    try {
      Files.writeString(permissions, "");
      Files.writeString(config, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(mosquitto.toString(), "-c", config.toString());
  }
}
