package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where servers keep their configuration and logs: under {@code target}, to be read afterwards. */
final class Scratch {
  private Scratch() {}

  /** A fresh, empty directory. */
  static Path directory(String name) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "servers").toAbsolutePath());
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
