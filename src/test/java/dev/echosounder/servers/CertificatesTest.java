package dev.echosounder.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's TLS sees in each certificate what its name promises. */
final class CertificatesTest {
  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void issue() {
    certificates = new Certificates(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
  void validPassesUnderEachName(String host) {
    assertThatNoException().isThrownBy(() -> connect(Leaf.VALID, host));
  }

  @Test
  void wrongHostNamesAnotherHost() {
    assertThatThrownBy(() -> connect(Leaf.WRONG_HOST, "localhost"))
        .hasRootCauseExactlyInstanceOf(CertificateException.class)
        .rootCause()
        .hasMessageContaining("localhost");
    assertThatNoException().isThrownBy(() -> connect(Leaf.WRONG_HOST, "example.invalid"));
  }

  @Test
  void expiredHasEndedAndNotYetValidHasNotBegun() {
    assertThatThrownBy(() -> connect(Leaf.EXPIRED, "localhost"))
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(() -> connect(Leaf.NOT_YET_VALID, "localhost"))
        .hasRootCauseInstanceOf(CertificateNotYetValidException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SELF_SIGNED", "UNTRUSTED"})
  void noPathLeadsFromAStrangerToTheAuthority(Leaf leaf) {
    assertThatThrownBy(() -> connect(leaf, "localhost"))
        .hasRootCauseInstanceOf(CertPathBuilderException.class);
  }

  @Test
  void aServerThatNeedsAClientCertificateTakesOnlyTheRightOne() {
    assertThatNoException().isThrownBy(() -> accept(certificates.client(Leaf.CLIENT), true));
    assertThatThrownBy(() -> accept(certificates.client(), true))
        .isInstanceOf(SSLHandshakeException.class);
    // A JDK client keeps it to itself, as the server names the authorities it trusts.
    assertThatThrownBy(() -> accept(certificates.client(Leaf.CLIENT_UNTRUSTED), true))
        .isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(() -> accept(certificates.client(Leaf.CLIENT_EXPIRED), true))
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void aServerThatWantsAClientCertificateDoesWithout() {
    assertThatNoException().isThrownBy(() -> accept(certificates.client(), false));
    assertThatThrownBy(() -> accept(certificates.client(Leaf.CLIENT_EXPIRED), false))
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
  }

  @ParameterizedTest
  @EnumSource
  void filesHoldTheSameCertificateAndItsKey(Leaf leaf) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificates.pkcs12(leaf))) {
      store.load(in, Certificates.PASSWORD.toCharArray());
    }
    assertThat(store.getCertificate("leaf"))
        .isEqualTo(readCertificate(certificates.certificate(leaf)));
    assertThat(store.getKey("leaf", Certificates.PASSWORD.toCharArray()))
        .isEqualTo(readKey(certificates.key(leaf)));
    if (leaf.issuer == Leaf.Issued.AUTHORITY) {
      X509Certificate authority = readCertificate(certificates.authority());
      readCertificate(certificates.certificate(leaf)).verify(authority.getPublicKey());
    }
  }

  /** Throws what a client that trusts the authority and checks host names sees of the server. */
  private static void connect(Leaf leaf, String host) throws Exception {
    try (Handshake handshake = new Handshake(certificates.server(leaf), false)) {
      handshake.asClient(certificates.client(), host);
    }
  }

  /**
   * Throws what a server sees of the client. What a refused client sees is a race: under TLS 1.3 it
   * may be done already, still writing to a closed socket, or reading the alert.
   */
  private static void accept(SSLContext client, boolean need) throws Exception {
    try (Handshake handshake = new Handshake(certificates.server(Leaf.VALID), need)) {
      IOException refused = null;
      try {
        handshake.asClient(client, "localhost");
      } catch (IOException e) {
        refused = e;
      }
      handshake.serverOutcome();
      if (refused != null) {
        throw refused;
      }
    }
  }

  /** One TLS handshake over loopback, both ends in this JVM. */
  private static final class Handshake implements AutoCloseable {
    private static final int DEADLINE_MS = 10_000;
    private final SSLServerSocket listener;
    private final CompletableFuture<Boolean> server = new CompletableFuture<>();
    private final Thread acceptor = new Thread(this::acceptOne);

    Handshake(SSLContext context, boolean need) throws Exception {
      listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listener.setSoTimeout(DEADLINE_MS);
      if (need) {
        listener.setNeedClientAuth(true);
      } else {
        listener.setWantClientAuth(true);
      }
      acceptor.start();
    }

    private void acceptOne() {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        socket.setSoTimeout(DEADLINE_MS);
        socket.startHandshake();
        // Before the socket closes, which waits for the client to close first.
        server.complete(true);
      } catch (IOException e) {
        server.completeExceptionally(e);
      }
    }

    void asClient(SSLContext context, String host) throws Exception {
      try (Socket tcp = new Socket(listener.getInetAddress(), listener.getLocalPort());
          SSLSocket socket =
              (SSLSocket) context.getSocketFactory().createSocket(tcp, host, tcp.getPort(), true)) {
        socket.setSoTimeout(DEADLINE_MS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        serverDone();
      }
    }

    /** The client's socket stays open until the server has judged, or it would see a reset. */
    private void serverDone() throws Exception {
      server.handle((done, failure) -> failure == null).get(DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    void serverOutcome() throws Exception {
      try {
        server.get(DEADLINE_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      try {
        acceptor.join(DEADLINE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }

  private static X509Certificate readCertificate(Path pem) throws Exception {
    try (InputStream in = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey readKey(Path pem) throws Exception {
    String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    byte[] der = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
