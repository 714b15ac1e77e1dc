package dev.echosounder.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The server's TLS context from PEM files. */
final class TlsFiles {
  private TlsFiles() {}

  /** Sets everything but starts nothing. */
  static void configure(SslContextFactory.Server server, WebSecurity.ServerTls tls) {
    server.setSslContext(context(tls));
    server.setExcludeProtocols();
    server.setIncludeProtocols(tls.protocols().toArray(String[]::new));
    if (!tls.cipherSuites().isEmpty()) {
      server.setExcludeCipherSuites();
      server.setIncludeCipherSuites(tls.cipherSuites().toArray(String[]::new));
    }
    server.setUseCipherSuitesOrder(tls.ownOrder());
    switch (tls.clientAuth()) {
      case NONE -> {}
      case REQUEST, VERIFY_IF_GIVEN -> server.setWantClientAuth(true);
      case REQUIRE_ANY, REQUIRE_AND_VERIFY -> server.setNeedClientAuth(true);
    }
  }

  private static SSLContext context(WebSecurity.ServerTls tls) {
    SSLFactory.Builder builder =
        SSLFactory.builder()
            .withIdentityMaterial(
                read(
                    "certificate or key",
                    tls.certificate(),
                    tls.key(),
                    () -> PemUtils.loadIdentityMaterial(tls.certificate(), tls.key())));
    Path ca = tls.clientCa();
    if (tls.clientAuth().verifies()) {
      if (ca == null) {
        throw new IllegalArgumentException("client certificates are verified, but no CA is given");
      }
      builder.withTrustMaterial(read("client CA", ca, ca, () -> PemUtils.loadTrustMaterial(ca)));
    } else if (tls.clientAuth() != WebSecurity.ClientAuth.NONE) {
      // The file format has modes that want a certificate and do not look at who signed it.
      builder.withUnsafeTrustMaterial();
    }
    return builder.build().getSslContext();
  }

  private static <T> T read(String what, Path file, Path other, Supplier<T> reader) {
    for (Path each : new Path[] {file, other}) {
      if (!Files.isReadable(each)) {
        throw new IllegalArgumentException(
            "the %s file %s can't be read: check that it exists and its permissions"
                .formatted(what, each));
      }
    }
    try {
      return reader.get();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the %s in %s can't be used: %s".formatted(what, file, e.getMessage()), e);
    }
  }
}
