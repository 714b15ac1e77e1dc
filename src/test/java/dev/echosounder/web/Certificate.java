package dev.echosounder.web;

import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.Leaf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Somebody's certificates, as a server and as a client, and the CA of their own that signed them,
 * as PEM files. Made in this JVM: a program for each would take seconds.
 */
record Certificate(Path certificate, Path key, Path clients, Path clientsKey, Path ca) {
  /** For 127.0.0.1, signed by a CA of its own. */
  static Certificate make(Path directory, String name) throws IOException {
    Certificates all = new Certificates(Files.createDirectory(directory.resolve(name)));
    return new Certificate(
        all.certificate(Leaf.VALID),
        all.key(Leaf.VALID),
        all.certificate(Leaf.CLIENT),
        all.key(Leaf.CLIENT),
        all.authority());
  }
}
