package dev.echosounder.ws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

/** One TLS context for equal options, made when first needed: making one costs a plain start. */
final class TlsContexts {
  /** Each holds a trust store; a thousand targets with options of their own are still served. */
  private static final int MOST = 64;

  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

  /**
   * A context and what its files were when it was made: certificates are renewed while a daemon
   * runs for months.
   */
  private record Made(SslContextFactory.Client context, List<String> stamps) {}

  /**
   * What a context is made for.
   *
   * @param another not the target itself but a server on the way to it, or one that is asked first
   */
  private record Wanted(Tls tls, boolean another) {}

  private final InstantSource time;
  private final CertificateRequests requests = new CertificateRequests();

  /** Guarded by this; least recently used first. */
  private final Map<Wanted, Made> contexts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * The started context for these options.
   *
   * @throws IllegalArgumentException if a file of theirs can't be used; says which and why
   */
  SslContextFactory.Client get(Tls tls) {
    return get(new Wanted(tls, false));
  }

  /**
   * The started context for a server that is not the target with these options: one that gives
   * tokens, or a proxy. It is trusted if the JDK or the target's CA file says so; it gets no
   * certificate of ours, and is verified even if the target is not: secrets go there.
   *
   * @throws IllegalArgumentException if the CA file can't be used; says why
   */
  SslContextFactory.Client ofAnother(Tls tls) {
    Path ca = tls.ca();
    return get(new Wanted(ca == null ? Tls.DEFAULT : Tls.DEFAULT.withCa(ca), ca != null));
  }

  private synchronized SslContextFactory.Client get(Wanted wanted) {
    Made made = contexts.get(wanted);
    List<String> stamps = stamps(wanted.tls());
    if (made != null && made.stamps().equals(stamps)) {
      return made.context();
    }
    Made next = new Made(made == null ? make(wanted) : remake(wanted, made.context()), stamps);
    contexts.put(wanted, next);
    if (contexts.size() > MOST) {
      contexts.remove(contexts.keySet().iterator().next());
    }
    return next.context();
  }

  TlsContexts() {
    this(InstantSource.system());
  }

  TlsContexts(InstantSource time) {
    this.time = time;
  }

  /** What the server of this handshake asked of us. */
  Optional<CertificateRequest> request(SSLEngine engine) {
    return requests.of(engine);
  }

  /** Files that can't be used, perhaps half written, are no reason to fail what worked so far. */
  private SslContextFactory.Client remake(Wanted wanted, SslContextFactory.Client before) {
    try {
      return make(wanted);
    } catch (IllegalArgumentException e) {
      LOG.warn("TLS files have changed, and the old ones stay in use: {}", e.getMessage());
      return before;
    }
  }

  private static List<String> stamps(Tls tls) {
    return Stream.of(tls.ca(), tls.clientCertificate(), tls.clientKey())
        .filter(Objects::nonNull)
        .map(TlsContexts::stamp)
        .toList();
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
    } catch (IOException e) {
      return "unreadable";
    }
  }

  /** What stands in for a context where none is needed: it never loads a trust store. */
  static SslContextFactory.Client unloaded() {
    return new SslContextFactory.Client() {
      @Override
      protected void doStart() {}
    };
  }

  private SslContextFactory.Client make(Wanted wanted) {
    Tls tls = wanted.tls();
    SslContextFactory.Client context = new Named(tls.serverName());
    context.setSslContext(factory(wanted).getSslContext());
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

  private SSLFactory factory(Wanted wanted) {
    Tls tls = wanted.tls();
    SSLFactory.Builder builder = SSLFactory.builder();
    Path ca = tls.ca();
    if (!tls.verify()) {
      builder.withUnsafeTrustMaterial();
    } else if (ca != null && wanted.another()) {
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
