package dev.echosounder.ws;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;

/** Which handshakes were asked for a client certificate. Thread-safe. */
final class CertificateRequests {
  /** For as long as somebody holds the handshake. */
  private final Map<SSLEngine, CertificateRequest> requests =
      Collections.synchronizedMap(new WeakHashMap<>());

  void add(SSLEngine engine, CertificateRequest request) {
    requests.put(engine, request);
  }

  Optional<CertificateRequest> of(SSLEngine engine) {
    return Optional.ofNullable(requests.get(engine));
  }
}
