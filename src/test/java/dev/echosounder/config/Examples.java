package dev.echosounder.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The example, and a place where everything it refers to exists. */
final class Examples {
  static final Environment ENVIRONMENT =
      Environment.of(
          Map.of(
              "CHAT_API_KEY", "key-of-chat-4711",
              "CHAT_PASSWORD", "pass-of-chat-4712",
              "CHAT_KEY_PASSWORD", "pass-of-key-4713",
              "CHAT_PROXY_PASSWORD", "pass-of-proxy-4716",
              "REGISTRY_TOKEN", "token-of-registry-4714",
              "SHORT", "abc"));

  private Examples() {}

  static String text() {
    try {
      return Files.readString(Path.of("config/echosounder.example.yml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the files in {@code directory} that the example and the corpus refer to. */
  static void furnish(Path directory) {
    try {
      Files.createDirectories(directory.resolve("secrets"));
      Files.createDirectories(directory.resolve("tls"));
      Files.createDirectories(directory.resolve("features"));
      String feature = "Feature: a\n  @%s\n  Scenario: %s\n    Given %s\n";
      Path features = directory.resolve("features");
      Files.writeString(
          features.resolve("chat.feature"), feature.formatted("a", "join", "I connect"));
      Files.writeString(
          features.resolve("peer.feature"), feature.formatted("peer", "x", "I connect"));
      Files.writeString(features.resolve("step.feature"), feature.formatted("a", "x", "I fly"));
      Files.writeString(features.resolve("bad.feature"), "Feature: a\n  Scenario: b\n  Given c\nd");
      Files.writeString(directory.resolve("secrets/session"), "session-of-chat-4715\n");
      Files.writeString(directory.resolve("secrets/empty"), "\n");
      Files.write(directory.resolve("secrets/binary"), new byte[] {(byte) 0xC3, 0x28});
      Files.write(directory.resolve("secrets/large"), new byte[(64 << 10) + 1]);
      Files.writeString(directory.resolve("tls/ca.pem"), "not looked into");
      Files.writeString(directory.resolve("tls/client.p12"), "not looked into");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Context context(Path directory) {
    return new Context("test.yml", directory, ENVIRONMENT);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
