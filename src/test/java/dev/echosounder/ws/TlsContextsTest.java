package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.servers.Certificates;
import dev.echosounder.servers.StuckFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.altindag.ssl.pem.util.PemUtils;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsContextsTest {
  @TempDir private Path directory;
  private final TlsContexts contexts = new TlsContexts();

  @AfterEach
  void stop() {
    contexts.close();
  }

  private SslContextFactory.Client get(Tls tls) throws Exception {
    return contexts.get(tls).get(5, TimeUnit.SECONDS);
  }

  private SslContextFactory.Client ofAnother(Tls tls) throws Exception {
    return contexts.ofAnother(tls).get(5, TimeUnit.SECONDS);
  }

  @Test
  void equalOptionsShareOneReadingAndNoOthersWaitForIt() throws Exception {
    Path ca = new Certificates(Files.createDirectory(directory.resolve("certs"))).authority();
    Tls named = Tls.DEFAULT.withCa(ca);
    try (StuckFile file = StuckFile.in(directory)) {
      CompletableFuture<SslContextFactory.Client> first =
          contexts.get(Tls.DEFAULT.withCa(file.path()));
      SslContextFactory.Client oldest = get(named.withServerName("0"));
      for (int i = 1; i <= TlsContexts.MOST; i++) {
        get(named.withServerName(Integer.toString(i)));
      }
      assertThat(get(named.withServerName("0"))).isNotSameAs(oldest);

      CompletableFuture<SslContextFactory.Client> second =
          contexts.get(Tls.DEFAULT.withCa(file.path()));
      assertThat(first).isNotDone();
      Files.write(file.path(), Files.readAllBytes(ca), StandardOpenOption.WRITE);
      // What was written can be read once.
      assertThat(second.get(5, TimeUnit.SECONDS)).isSameAs(first.get(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void renewedFilesAreReadAgainAndBrokenOnesLeaveTheOldInUse() throws Exception {
    Path authority =
        new Certificates(Files.createDirectory(directory.resolve("certs"))).authority();
    Path ca = Files.copy(authority, directory.resolve("ca.pem"));
    Tls tls = Tls.DEFAULT.withCa(ca);
    SslContextFactory.Client first = get(tls);
    assertThat(get(tls)).isSameAs(first);

    Files.setLastModifiedTime(ca, FileTime.from(Instant.now().plusSeconds(5)));
    SslContextFactory.Client second = get(tls);
    assertThat(second).isNotSameAs(first);

    Files.writeString(ca, "-----BEGIN CERT");
    assertThat(get(tls)).isSameAs(second);
    Files.delete(ca);
    assertThat(get(tls)).isSameAs(second);
    Files.copy(authority, ca);
    assertThat(get(tls)).isNotSameAs(second);
  }

  @Test
  void anotherServerIsTrustedByTheJdkOrTheCaFileAndIsAlwaysVerified() throws Exception {
    Path ca = new Certificates(Files.createDirectory(directory.resolve("certs"))).authority();
    List<X509Certificate> both = TlsReader.withJdks(PemUtils.loadCertificate(ca));
    assertThat(both).hasSizeGreaterThan(20).containsAll(PemUtils.loadCertificate(ca));
    Tls full = new Tls(ca, Path.of("c"), Path.of("k"), "p", "n", List.of("x"), List.of("y"), false);
    assertThat(ofAnother(full))
        .isSameAs(ofAnother(Tls.DEFAULT.withCa(ca)))
        .isNotSameAs(get(Tls.DEFAULT.withCa(ca)));
    assertThat(ofAnother(Tls.DEFAULT)).isSameAs(get(Tls.DEFAULT));
  }
}
