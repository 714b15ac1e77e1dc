package dev.echosounder.servers;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority in memory; Bouncy Castle builds, the JDK's providers sign. */
final class Issuer {
  private final X500Name name;
  private final Issued own;

  private Issuer(X500Name name, Issued own) {
    this.name = name;
    this.own = own;
  }

  /** A certificate, the private key to it, and what is sent with it: its issuer's certificate. */
  record Issued(X509Certificate certificate, PrivateKey key, List<X509Certificate> issuers) {
    X509Certificate[] chain() {
      return Stream.concat(Stream.of(certificate), issuers.stream())
          .toArray(X509Certificate[]::new);
    }
  }

  static Issuer authority(String commonName, Instant now)
      throws GeneralSecurityException, IOException {
    KeyPair keys = keyPair();
    X500Name name = new X500Name("CN=" + commonName);
    Instant from = now.minus(Duration.ofDays(30));
    X509v3CertificateBuilder builder =
        builder(name, name, keys.getPublic(), from, from.plus(Duration.ofDays(90)))
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    return new Issuer(name, sign(builder, keys.getPrivate(), keys.getPrivate()));
  }

  /** One that this authority vouches for, until then. */
  Issuer intermediate(String commonName, Instant from, Instant until)
      throws GeneralSecurityException, IOException {
    KeyPair keys = keyPair();
    X500Name subject = new X500Name("CN=" + commonName);
    X509v3CertificateBuilder builder =
        builder(name, subject, keys.getPublic(), from, until)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    return new Issuer(subject, sign(builder, own.key(), keys.getPrivate()));
  }

  /** The same leaf as {@link #issue}, sent with this authority's own certificate. */
  Issued issueWithChain(Leaf leaf, Instant from, Instant until)
      throws GeneralSecurityException, IOException {
    Issued alone = issue(leaf, from, until);
    return new Issued(alone.certificate(), alone.key(), List.of(own.certificate()));
  }

  X509Certificate certificate() {
    return own.certificate();
  }

  Issued issue(Leaf leaf, Instant from, Instant until)
      throws GeneralSecurityException, IOException {
    KeyPair keys = keyPair();
    return sign(leaf(leaf, name, keys.getPublic(), from, until), own.key(), keys.getPrivate());
  }

  static Issued selfSigned(Leaf leaf, Instant from, Instant until)
      throws GeneralSecurityException, IOException {
    KeyPair keys = keyPair();
    PrivateKey key = keys.getPrivate();
    return sign(leaf(leaf, subject(leaf), keys.getPublic(), from, until), key, key);
  }

  static String pem(String type, byte[] content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return text.toString();
  }

  private static X509v3CertificateBuilder leaf(
      Leaf leaf, X500Name issuer, PublicKey key, Instant from, Instant until) throws IOException {
    KeyPurposeId purpose =
        leaf.names.isEmpty() ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth;
    X509v3CertificateBuilder builder =
        builder(issuer, subject(leaf), key, from, until)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    if (!leaf.names.isEmpty()) {
      GeneralName[] names =
          leaf.names.stream().map(Issuer::generalName).toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    return builder;
  }

  private static X500Name subject(Leaf leaf) {
    return new X500Name("CN=" + leaf);
  }

  private static GeneralName generalName(String name) {
    boolean address = name.contains(":") || Character.isDigit(name.charAt(0));
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant from, Instant until) {
    BigInteger serial = new BigInteger(64, new SecureRandom()).add(BigInteger.ONE);
    return new JcaX509v3CertificateBuilder(
        issuer, serial, Date.from(from), Date.from(until), subject, key);
  }

  private static Issued sign(X509v3CertificateBuilder builder, PrivateKey signer, PrivateKey own)
      throws GeneralSecurityException {
    try {
      return new Issued(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))),
          own,
          List.of());
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
