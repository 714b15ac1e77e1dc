package dev.echosounder.ws;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How {@code wss} is verified and who we say we are. Equal values share one TLS context.
 *
 * @param ca PEM file of the certificates to trust; null means the JDK's own
 * @param clientCertificate PEM file with our chain, or a PKCS#12 file ({@code .p12}, {@code .pfx})
 * @param clientKey PEM file with our private key; null if it is in {@code clientCertificate}
 * @param password of the private key or of the PKCS#12 file; never printed
 * @param serverName sent as SNI and verified instead of the URL's host; null means the URL's
 * @param protocols allowed versions such as {@code TLSv1.3}; empty means the JDK's choice
 * @param ciphers allowed cipher suites such as {@code TLS_AES_128_GCM_SHA256}; empty means the
 *     library's choice
 * @param verify false trusts every certificate: for tests only
 */
public record Tls(
    @Nullable Path ca,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    @Nullable String password,
    @Nullable String serverName,
    List<String> protocols,
    List<String> ciphers,
    boolean verify) {

  /** The JDK's trust store, no client certificate, everything verified. */
  public static final Tls DEFAULT =
      new Tls(null, null, null, null, null, List.of(), List.of(), true);

  public Tls {
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }

  /** What is read for it, beside the JDK's trust store. */
  List<Path> files() {
    return Stream.of(ca, clientCertificate, clientKey).filter(Objects::nonNull).toList();
  }

  /** The same, trusting the certificates in the PEM file {@code file}. */
  public Tls withCa(Path file) {
    return new Tls(
        file, clientCertificate, clientKey, password, serverName, protocols, ciphers, verify);
  }

  /** The same, showing the server this certificate. */
  public Tls withClientCertificate(
      Path certificate, @Nullable Path key, @Nullable String keyPassword) {
    return new Tls(ca, certificate, key, keyPassword, serverName, protocols, ciphers, verify);
  }

  /**
   * The same without what is meant for one server: our certificate, and the name it is asked by.
   */
  Tls elsewhere() {
    return new Tls(ca, null, null, null, null, protocols, ciphers, verify);
  }

  /** The same, asking for and verifying {@code name} instead of the URL's host. */
  public Tls withServerName(String name) {
    return new Tls(ca, clientCertificate, clientKey, password, name, protocols, ciphers, verify);
  }

  /** The same, with only these protocol versions. */
  public Tls withProtocols(List<String> versions) {
    return new Tls(
        ca, clientCertificate, clientKey, password, serverName, versions, ciphers, verify);
  }

  /**
   * The same, with only these cipher suites.
   *
   * @throws IllegalArgumentException if the JDK does not know one of them
   */
  public Tls withCiphers(List<String> suites) {
    for (String suite : suites) {
      if (!isCipher(suite)) {
        throw new IllegalArgumentException(
            "expected a cipher suite that the JDK has, such as TLS_AES_128_GCM_SHA256; got \""
                + suite
                + "\"");
      }
    }
    return new Tls(
        ca, clientCertificate, clientKey, password, serverName, protocols, suites, verify);
  }

  /** Whether the JDK has a cipher suite of this name. */
  public static boolean isCipher(String suite) {
    try {
      return List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites())
          .contains(suite);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  /** The same, trusting every certificate. */
  public Tls withoutVerification() {
    return new Tls(
        ca, clientCertificate, clientKey, password, serverName, protocols, ciphers, false);
  }

  @Override
  public String toString() {
    return "Tls[ca=%s, clientCertificate=%s, serverName=%s, protocols=%s, ciphers=%s, verify=%s]"
        .formatted(ca, clientCertificate, serverName, protocols, ciphers, verify);
  }
}
