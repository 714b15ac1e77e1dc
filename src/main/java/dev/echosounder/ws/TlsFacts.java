package dev.echosounder.ws;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a finished TLS handshake agreed on. */
final class TlsFacts {
  private TlsFacts() {}

  static Event.TlsDone of(SSLSession session, long nanos) {
    return new Event.TlsDone(
        nanos, session.getProtocol(), session.getCipherSuite(), notAfter(session));
  }

  private static @Nullable Instant notAfter(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate leaf ? leaf.getNotAfter().toInstant() : null;
    } catch (SSLPeerUnverifiedException e) {
      return null; // An anonymous cipher suite: there is no certificate to expire.
    }
  }
}
