package dev.echosounder.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority that lives as long as a test run, and a {@link Leaf} for each way in
 * which TLS can go right or wrong; as files for programs and as {@link SSLContext}s for Java.
 * Immutable.
 *
 * <p>Whether a server wants a client's certificate is not a matter of its context but of the
 * connection: {@code SSLParameters.setNeedClientAuth(true)} requires one, {@code
 * setWantClientAuth(true)} makes it optional (or the methods of the same names on {@code
 * SSLServerSocket} and {@code SSLEngine}). Likewise a client checks the host name only if asked by
 * {@code SSLParameters.setEndpointIdentificationAlgorithm("HTTPS")}.
 */
public final class Certificates {
  /** Protects every PKCS#12 file. */
  public static final String PASSWORD = "changeit";

  /** How long the intermediate of {@link Leaf#CHAINED} is still valid. */
  public static final Duration INTERMEDIATE_LEFT = Duration.ofDays(5);

  private final Path directory;
  private final X509Certificate root;
  private final Map<Leaf, Issuer.Issued> leaves = new EnumMap<>(Leaf.class);

  /**
   * Issues everything and writes the files.
   *
   * @param directory an existing directory that outlives this object, such as a JUnit TempDir
   */
  public Certificates(Path directory) {
    this.directory = directory;
    Instant now = Instant.now();
    try {
      Issuer trusted = Issuer.authority("Echosounder Test CA", now);
      Instant soon = now.plus(INTERMEDIATE_LEFT);
      Issuer intermediate =
          trusted.intermediate(
              "Echosounder Test Intermediate", now.minus(Duration.ofDays(1)), soon);
      Issuer stranger = Issuer.authority("Stranger CA", now);
      root = trusted.certificate();
      Files.writeString(authority(), Issuer.pem("CERTIFICATE", root.getEncoded()));
      for (Leaf leaf : Leaf.values()) {
        leaves.put(leaf, issue(leaf, trusted, intermediate, stranger, now));
        write(leaf);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The trusted authority's certificate as a PEM file. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** The certificate, with its intermediate but without the authority, as a PEM file. */
  public Path certificate(Leaf leaf) {
    return directory.resolve(leaf + ".pem");
  }

  /** The private key as a PEM file: PKCS#8, without a password. */
  public Path key(Leaf leaf) {
    return directory.resolve(leaf + ".key");
  }

  /** Certificate and key as a PKCS#12 file under {@link #PASSWORD}. */
  public Path pkcs12(Leaf leaf) {
    return directory.resolve(leaf + ".p12");
  }

  /** For a server that shows the certificate, and trusts the authority to vouch for clients. */
  public SSLContext server(Leaf leaf) {
    return context(keys(leaf));
  }

  /** For a client that trusts the authority and has no certificate of its own. */
  public SSLContext client() {
    return context(new KeyManager[0]);
  }

  /** For a client that trusts the authority and shows the certificate when asked. */
  public SSLContext client(Leaf leaf) {
    return context(keys(leaf));
  }

  private static Issuer.Issued issue(
      Leaf leaf, Issuer trusted, Issuer intermediate, Issuer stranger, Instant now)
      throws GeneralSecurityException, IOException {
    Instant from = now.plus(leaf.from);
    Instant until = now.plus(leaf.until);
    return switch (leaf.issuer) {
      case AUTHORITY -> trusted.issue(leaf, from, until);
      case INTERMEDIATE -> intermediate.issueWithChain(leaf, from, until);
      case STRANGER -> stranger.issue(leaf, from, until);
      case ITSELF -> Issuer.selfSigned(leaf, from, until);
    };
  }

  private void write(Leaf leaf) throws GeneralSecurityException, IOException {
    Issuer.Issued issued = issued(leaf);
    StringBuilder chain = new StringBuilder();
    for (X509Certificate certificate : issued.chain()) {
      chain.append(Issuer.pem("CERTIFICATE", certificate.getEncoded()));
    }
    Files.writeString(certificate(leaf), chain);
    Files.writeString(key(leaf), Issuer.pem("PRIVATE KEY", issued.key().getEncoded()));
    try (OutputStream out = Files.newOutputStream(pkcs12(leaf))) {
      keyStore(issued).store(out, PASSWORD.toCharArray());
    }
  }

  private Issuer.Issued issued(Leaf leaf) {
    Issuer.Issued issued = leaves.get(leaf);
    if (issued == null) {
      throw new IllegalArgumentException("not issued: " + leaf);
    }
    return issued;
  }

  private KeyManager[] keys(Leaf leaf) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(keyStore(issued(leaf)), PASSWORD.toCharArray());
      return keys.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLContext context(KeyManager[] keys) {
    try {
      KeyStore roots = KeyStore.getInstance("PKCS12");
      roots.load(null, null);
      roots.setCertificateEntry("ca", root);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore keyStore(Issuer.Issued issued)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("leaf", issued.key(), PASSWORD.toCharArray(), issued.chain());
    return store;
  }
}
