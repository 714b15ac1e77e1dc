package dev.echosounder.ws;

import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads what finished TLS handshakes agreed on. Thread-safe. */
final class TlsFacts {
  /** Chains kept, least recently used first out. */
  private static final int MOST = 256;

  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  /**
   * Equal chains share one reading: a server is met again and again, and each of ten thousand held
   * connections keeps its own in its timeline. Guarded by this; least recently used first.
   */
  private final Map<List<Certificate>, List<PeerCertificate>> chains =
      new LinkedHashMap<>(16, 0.75f, true);

  Event.TlsDone of(SSLSession session, long nanos) {
    return new Event.TlsDone(
        nanos, session.getProtocol(), session.getCipherSuite(), chain(session));
  }

  private List<PeerCertificate> chain(SSLSession session) {
    try {
      return read(Arrays.asList(session.getPeerCertificates()));
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // An anonymous cipher suite: there is no certificate to expire.
    }
  }

  synchronized List<PeerCertificate> read(List<Certificate> chain) {
    List<PeerCertificate> known = chains.get(chain);
    if (known != null) {
      return known;
    }
    List<PeerCertificate> facts =
        chain.stream()
            .filter(X509Certificate.class::isInstance)
            .map(certificate -> facts((X509Certificate) certificate))
            .toList();
    chains.put(chain, facts);
    if (chains.size() > MOST) {
      chains.remove(chains.keySet().iterator().next());
    }
    return facts;
  }

  private static PeerCertificate facts(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    return new PeerCertificate(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        names(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        certificate.getSerialNumber(),
        key.getAlgorithm(),
        bits(key),
        certificate.getSigAlgName());
  }

  private static int bits(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength();
    }
    return key instanceof ECKey ec ? ec.getParams().getCurve().getField().getFieldSize() : 0;
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      // Null where there is no such extension; each entry is a kind and a value (RFC 5280).
      for (List<?> name :
          Objects.requireNonNullElse(
              certificate.getSubjectAlternativeNames(), List.<List<?>>of())) {
        if (name.get(0).equals(DNS_NAME) || name.get(0).equals(ADDRESS)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return List.of(); // Nobody could match a name that can't be read.
    }
    return names;
  }
}
