package dev.echosounder.peer;

import java.io.IOException;
import javax.net.ssl.SSLContext;

/** A running peer and how to reach it, with or without TLS. */
record Target(Peer peer, SSLContext tls) {
  RawClient connect(String path) throws IOException {
    return RawClient.connect(peer.uri(path), tls);
  }

  /** Connects and completes the handshake. */
  RawClient open(String path, String... headers) throws IOException {
    return connect(path).expectUpgrade(headers);
  }
}
