package dev.echosounder.scenario;

import io.cucumber.java.en.Given;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How {@code wss} is verified, and who we say we are. */
public final class TlsSteps {
  @Given("the certificates in {string} are trusted")
  @Phrase(
      means = "Trusts the certificates in this PEM file instead of the JDK's own.",
      example = "the certificates in \"ca.pem\" are trusted")
  public void trusted(String file) {
    World.current().change(t -> t.withTls(t.tls().withCa(Path.of(file))));
  }

  @Given("the client certificate {string} with the key {string}")
  @Phrase(
      means = "Shows the server this certificate; both files are PEM.",
      example = "the client certificate \"client.pem\" with the key \"client-key.pem\"")
  public void clientCertificate(String certificate, String key) {
    World.current()
        .change(
            t ->
                t.withTls(t.tls().withClientCertificate(Path.of(certificate), Path.of(key), null)));
  }

  @Given("the client certificate {string} with the password {string}")
  @Phrase(
      means = "Shows the server the certificate in this PKCS#12 file (.p12, .pfx).",
      example = "the client certificate \"client.p12\" with the password \"s3cret\"")
  public void clientCertificateFile(String file, String password) {
    World.current()
        .change(t -> t.withTls(t.tls().withClientCertificate(Path.of(file), null, password)));
  }

  @Given("the server name is {string}")
  @Phrase(
      means = "Asks for (SNI) and verifies this name instead of the URL's host.",
      example = "the server name is \"echo.example\"")
  public void serverName(String name) {
    World.current().change(t -> t.withTls(t.tls().withServerName(name)));
  }

  @Given("only {string} is allowed")
  @Phrase(
      means = "Allows this TLS version only: TLSv1.2 or TLSv1.3.",
      example = "only \"TLSv1.3\" is allowed")
  public void version(String version) {
    World.current().change(t -> t.withTls(t.tls().withProtocols(List.of(version))));
  }

  @Given("only the cipher suite(s) {string} is/are allowed")
  @Phrase(
      means = "Allows these cipher suites only: registered names, separated by commas.",
      example = "only the cipher suite \"TLS_AES_128_GCM_SHA256\" is allowed")
  public void ciphers(String names) {
    List<String> suites = Arrays.stream(names.split(",")).map(String::trim).toList();
    World.current().change(t -> t.withTls(t.tls().withCiphers(suites)));
  }

  @Given("certificates are not verified")
  @Phrase(
      means = "Trusts every certificate: for tests only.",
      example = "certificates are not verified")
  public void unverified() {
    World.current().change(t -> t.withTls(t.tls().withoutVerification()));
  }
}
