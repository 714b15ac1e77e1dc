package dev.echosounder.ws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.TrustManagerUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files that a TLS context needs, for as long as the disk takes, and starts it. */
final class TlsReader {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReader.class);

  private final CertificateRequests requests;
  private final InstantSource time;

  TlsReader(CertificateRequests requests, InstantSource time) {
    this.requests = requests;
    this.time = time;
  }

  /**
   * A started context.
   *
   * @param withJdks whether the JDK's certificates are trusted beside those of the CA file
   * @throws IllegalArgumentException if a file can't be used; says which and why
   */
  SslContextFactory.Client read(Tls tls, boolean withJdks) {
    SslContextFactory.Client context = new Named(tls.serverName());
    context.setSslContext(factory(tls, withJdks).getSslContext());
    if (!tls.protocols().isEmpty()) {
      context.setExcludeProtocols();
      context.setIncludeProtocols(tls.protocols().toArray(String[]::new));
    }
    if (!tls.ciphers().isEmpty()) {
      // Whoever names a suite means it, even one that the library thinks too weak to offer.
      context.setExcludeCipherSuites();
      context.setIncludeCipherSuites(tls.ciphers().toArray(String[]::new));
    }
    if (!tls.verify()) {
      LOG.warn("TLS certificates are NOT verified: anyone can pose as the server");
      context.setEndpointIdentificationAlgorithm(null);
    }
    try {
      context.start();
    } catch (Exception e) {
      throw new IllegalArgumentException("TLS can't be set up: " + Failures.text(e), e);
    }
    return context;
  }

  private SSLFactory factory(Tls tls, boolean withJdks) {
    SSLFactory.Builder builder = SSLFactory.builder();
    Path ca = tls.ca();
    if (!tls.verify()) {
      builder.withUnsafeTrustMaterial();
    } else if (ca != null && withJdks) {
      builder.withTrustMaterial(read("CA file", ca, () -> withJdks(PemUtils.loadCertificate(ca))));
    } else if (ca != null) {
      builder.withTrustMaterial(read("CA file", ca, () -> PemUtils.loadTrustMaterial(ca)));
    } else {
      builder.withDefaultTrustMaterial();
    }
    Path certificate = tls.clientCertificate();
    X509ExtendedKeyManager own = certificate == null ? null : identity(certificate, tls);
    return builder.withIdentityMaterial(new ClientIdentity(own, requests, time)).build();
  }

  /** One store of both: of two, each would say that the other's certificates are none of its. */
  static List<X509Certificate> withJdks(List<X509Certificate> own) {
    X509Certificate[] jdks =
        TrustManagerUtils.createTrustManagerWithJdkTrustedCertificates().getAcceptedIssuers();
    return Stream.concat(own.stream(), Stream.of(jdks)).toList();
  }

  private static X509ExtendedKeyManager identity(Path certificate, Tls tls) {
    String secret = tls.password();
    char @Nullable [] password = secret == null ? null : secret.toCharArray();
    String name = certificate.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".p12") || name.endsWith(".pfx")) {
      char[] secretOrNone = password == null ? new char[0] : password;
      return read(
          "PKCS#12 file",
          certificate,
          () ->
              SSLFactory.builder()
                  .withIdentityMaterial(certificate, secretOrNone, "PKCS12")
                  .build()
                  .getKeyManager()
                  .orElseThrow());
    }
    Path key = tls.clientKey() == null ? certificate : tls.clientKey();
    return read(
        "client certificate",
        certificate,
        () -> PemUtils.loadIdentityMaterial(certificate, key, password));
  }

  private static <T> T read(String what, Path file, Supplier<T> reader) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "the %s %s can't be read: check that it exists and its permissions"
              .formatted(what, file));
    }
    try {
      return reader.get();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the %s %s can't be used: %s".formatted(what, file, Failures.text(e)), e);
    }
  }

  /** Asks for, and verifies, another name than the URL's. */
  private static final class Named extends SslContextFactory.Client {
    private final @Nullable String name;

    Named(@Nullable String name) {
      this.name = name;
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return super.newSSLEngine(name == null ? host : name, port);
    }
  }
}
