package dev.echosounder.scenario;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.PeerCertificate;
import io.cucumber.java.en.Then;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What TLS agreed on, and the certificates that the server sent. */
public final class TlsFactsSteps {
  @Then("{connection} uses TLS version {string}")
  @Phrase(
      means = "TLS agreed on this version: TLSv1.2 or TLSv1.3.",
      example = "the connection uses TLS version \"TLSv1.3\"")
  public void version(String who, String version) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = done(in).protocol();
    expect(in, seen.equals(version), "TLS version " + version, seen);
  }

  @Then("{connection} uses the cipher suite {string}")
  @Phrase(
      means = "TLS agreed on this cipher suite, by its registered name.",
      example = "the connection uses the cipher suite \"TLS_AES_128_GCM_SHA256\"")
  public void cipher(String who, String name) throws InterruptedException {
    Conversation in = World.current().of(who);
    String seen = done(in).cipher();
    expect(in, seen.equals(name), "the cipher suite " + name, seen);
  }

  @Then("the certificate is for {string}")
  @Phrase(
      means = "One of the names of the server's certificate covers this host name or address.",
      example = "the certificate is for \"localhost\"")
  public void names(String host) throws InterruptedException {
    PeerCertificate seen = own();
    expect(seen.isFor(host), "a certificate for " + host, "one for " + seen.names());
  }

  @Then("the certificate is issued by {string}")
  @Phrase(
      means = "Its issuer has this common name, or is this distinguished name.",
      example = "the certificate is issued by \"Echosounder Test CA\"")
  public void issuer(String name) throws InterruptedException {
    PeerCertificate seen = own();
    expect(seen.isIssuedBy(name), "a certificate issued by " + name, "one by " + seen.issuer());
  }

  @Then("the certificate's subject is {string}")
  @Phrase(
      means = "Its subject has this common name, or is this distinguished name.",
      example = "the certificate's subject is \"CN=valid\"")
  public void subject(String name) throws InterruptedException {
    PeerCertificate seen = own();
    expect(seen.isOf(name), "the subject " + name, seen.subject());
  }

  @Then("the certificate has a key of type {string} with at least {int} bits")
  @Phrase(
      means = "The type and length of its public key: RSA, EC…",
      example = "the certificate has a key of type \"EC\" with at least 256 bits")
  public void key(String type, int bits) throws InterruptedException {
    PeerCertificate seen = own();
    boolean good = seen.keyType().equals(type) && seen.keyBits() >= bits;
    String expected = "a key of type %s with at least %d bits".formatted(type, bits);
    expect(good, expected, seen.keyType() + " with " + seen.keyBits());
  }

  @Then("the certificate is signed with {string}")
  @Phrase(
      means = "How its issuer signed it.",
      example = "the certificate is signed with \"SHA256withECDSA\"")
  public void signature(String algorithm) throws InterruptedException {
    String seen = own().signature();
    expect(seen.equalsIgnoreCase(algorithm), "signed with " + algorithm, seen);
  }

  @Then("the certificate is valid for at least {int} day(s)")
  @Phrase(
      means = "It does not expire before; tells early that it has to be renewed.",
      example = "the certificate is valid for at least 14 days")
  public void validFor(int days) throws InterruptedException {
    validFor(List.of(own()), days);
  }

  @Then("every certificate in the chain is valid for at least {int} day(s)")
  @Phrase(
      means = "Neither it nor any other certificate that the server sent expires before.",
      example = "every certificate in the chain is valid for at least 14 days")
  public void chainValidFor(int days) throws InterruptedException {
    own();
    validFor(done(World.current().of(World.ME)).chain(), days);
  }

  @Then("the server sends {int} certificate(s)")
  @Phrase(
      means = "The length of the chain: a missing intermediate fails clients that don't know it.",
      example = "the server sends 2 certificates")
  public void length(int count) throws InterruptedException {
    List<PeerCertificate> chain = done(World.current().of(World.ME)).chain();
    List<String> seen = chain.stream().map(PeerCertificate::subject).toList();
    expect(chain.size() == count, count + " certificates", chain.size() + ": " + seen);
  }

  private static void validFor(List<PeerCertificate> chain, int days) {
    Instant now = World.current().clock().instant();
    Duration wanted = Duration.ofDays(days);
    for (PeerCertificate seen : chain) {
      Duration left = Duration.between(now, seen.notAfter());
      expect(
          left.compareTo(wanted) >= 0,
          "%s valid for at least %d days".formatted(seen.subject(), days),
          "it expires at %s, in %d days".formatted(seen.notAfter(), left.toDays()));
    }
  }

  private static PeerCertificate own() throws InterruptedException {
    Conversation in = World.current().of(World.ME);
    List<PeerCertificate> chain = done(in).chain();
    if (chain.isEmpty()) {
      throw Mismatch.of(in, "a certificate of the server", "none was sent");
    }
    return chain.get(0);
  }

  /** Also of an attempt that TLS did not fail: a refused upgrade shows its certificate too. */
  private static Event.TlsDone done(Conversation in) throws InterruptedException {
    var unused = in.outcome();
    return in.connection().timeline().events().stream()
        .filter(Event.TlsDone.class::isInstance)
        .map(Event.TlsDone.class::cast)
        .reduce((first, last) -> last)
        .orElseThrow(
            () -> Mismatch.of(in, "a finished TLS handshake", "none; " + Mismatch.state(in)));
  }

  private static void expect(boolean good, String expected, String seen) {
    expect(World.current().of(World.ME), good, expected, seen);
  }

  private static void expect(Conversation in, boolean good, String expected, String seen) {
    if (!good) {
      throw Mismatch.of(in, expected, seen);
    }
  }
}
