package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import nl.altindag.ssl.pem.util.PemUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsContextsTest {
  @TempDir private Path directory;

  @Test
  void renewedFilesAreReadAgainAndBrokenOnesLeaveTheOldInUse() throws Exception {
    Path authority =
        new Certificates(Files.createDirectory(directory.resolve("certs"))).authority();
    Path ca = Files.copy(authority, directory.resolve("ca.pem"));
    Tls tls = Tls.DEFAULT.withCa(ca);
    TlsContexts contexts = new TlsContexts();
    SslContextFactory.Client first = contexts.get(tls);
    assertThat(contexts.get(tls)).isSameAs(first);

    Files.setLastModifiedTime(ca, FileTime.from(Instant.now().plusSeconds(5)));
    SslContextFactory.Client second = contexts.get(tls);
    assertThat(second).isNotSameAs(first);

    Files.writeString(ca, "-----BEGIN CERT");
    assertThat(contexts.get(tls)).isSameAs(second);
    Files.delete(ca);
    assertThat(contexts.get(tls)).isSameAs(second);
    Files.copy(authority, ca);
    assertThat(contexts.get(tls)).isNotSameAs(second);
  }

  @Test
  void anotherServerIsTrustedByTheJdkOrTheCaFileAndIsAlwaysVerified() throws Exception {
    Path ca = new Certificates(Files.createDirectory(directory.resolve("certs"))).authority();
    List<X509Certificate> both = TlsContexts.withJdks(PemUtils.loadCertificate(ca));
    assertThat(both).hasSizeGreaterThan(20).containsAll(PemUtils.loadCertificate(ca));
    TlsContexts contexts = new TlsContexts();
    Tls full = new Tls(ca, Path.of("c"), Path.of("k"), "p", "n", List.of("x"), List.of("y"), false);
    assertThat(contexts.ofAnother(full))
        .isSameAs(contexts.ofAnother(Tls.DEFAULT.withCa(ca)))
        .isNotSameAs(contexts.get(Tls.DEFAULT.withCa(ca)));
    assertThat(contexts.ofAnother(Tls.DEFAULT)).isSameAs(contexts.get(Tls.DEFAULT));
  }
}
