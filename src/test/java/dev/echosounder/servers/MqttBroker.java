package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Mosquitto for clients that speak MQTT: the user {@code probe} with the password {@code s3cret}
 * may do what it likes below the topic {@code test/}, and nobody else anything. See {@link
 * Mosquitto}.
 */
public final class MqttBroker {
  private static final String USER = "probe";
  private static final String PASSWORD = "s3cret";

  private MqttBroker() {}

  /** Starts one. */
  public static Start start() {
    Optional<Path> mosquitto = Program.find("mosquitto");
    if (mosquitto.isEmpty()) {
      return new Start.Unavailable("mqtt", "mosquitto is not installed");
    }
    return new Start.Running(
        External.start(
            "mqtt",
            "/mqtt",
            (port, home) -> prepare(mosquitto.get(), port, home),
            (process, home) -> process.output().lines().anyMatch(l -> l.endsWith(" running"))));
  }

  private static List<String> prepare(Path mosquitto, int port, Path home) {
    String text =
        """
        user root
        allow_anonymous false
        password_file %s
        acl_file %s
        listener %d 127.0.0.1
        listener %d 127.0.0.1
        protocol websockets
        """;
    try {
      Path passwords = Files.writeString(home.resolve("passwords"), USER + ":" + hashed() + "\n");
      Path permissions =
          Files.writeString(
              home.resolve("permissions"), "user " + USER + "\ntopic readwrite test/#\n");
      Path config =
          Files.writeString(
              home.resolve("mosquitto.conf"),
              text.formatted(passwords, permissions, Loopback.freePort(), port));
      return List.of(mosquitto.toString(), "-c", config.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As mosquitto_passwd writes it: SHA-512 of the password and a salt. */
  private static String hashed() {
    try {
      byte[] salt = "twelve-bytes".getBytes(StandardCharsets.UTF_8);
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(PASSWORD.getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(salt);
      Base64.Encoder base64 = Base64.getEncoder();
      return "$6$%s$%s".formatted(base64.encodeToString(salt), base64.encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
