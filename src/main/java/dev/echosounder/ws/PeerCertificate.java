package dev.echosounder.ws;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * One certificate of the chain that a server sent, in its order: the server's own is the first (RFC
 * 8446 §4.4.2).
 *
 * @param subject its distinguished name (RFC 2253)
 * @param issuer its issuer's distinguished name (RFC 2253)
 * @param names the DNS names and addresses it is for (subject alternative names, RFC 5280
 *     §4.2.1.6); other kinds of names are left out
 * @param serial unique among those of its issuer
 * @param keyType {@code RSA}, {@code EC}, {@code EdDSA}…
 * @param keyBits length of the key; 0 if not known for its type
 * @param signature how it is signed, such as {@code SHA256withRSA}
 */
public record PeerCertificate(
    String subject,
    String issuer,
    List<String> names,
    Instant notBefore,
    Instant notAfter,
    BigInteger serial,
    String keyType,
    int keyBits,
    String signature) {

  public PeerCertificate {
    names = List.copyOf(names);
  }

  /**
   * Whether it is for {@code host}, a name or an address: a {@code *} stands for the whole leftmost
   * label and no other (RFC 9525 §6.3). Looks nothing up.
   */
  public boolean isFor(String host) {
    String wanted = plain(host);
    return names.stream().map(PeerCertificate::plain).anyMatch(name -> covers(name, wanted));
  }

  /** Whether it was issued by {@code name}: a distinguished name, or a common name alone. */
  public boolean isIssuedBy(String name) {
    return isNamed(issuer, name);
  }

  /** Whether its subject is {@code name}: a distinguished name, or a common name alone. */
  public boolean isOf(String name) {
    return isNamed(subject, name);
  }

  private static boolean covers(String name, String host) {
    if (!name.startsWith("*.")) {
      return name.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && !Resolver.isLiteral(host) && host.substring(dot).equals(name.substring(1));
  }

  /** Lower case; addresses in the one spelling that the JDK gives them. */
  private static String plain(String host) {
    String text = host.toLowerCase(Locale.ROOT);
    if (text.indexOf(':') < 0) {
      return text; // A name, or an IPv4 address, which has one spelling.
    }
    try {
      return InetAddress.getByName(text).getHostAddress();
    } catch (UnknownHostException e) {
      return text; // No address after all: equal to itself only.
    }
  }

  private static boolean isNamed(String distinguished, String name) {
    Optional<LdapName> own = parse(distinguished);
    if (own.isEmpty() || own.equals(parse(name))) {
      return own.isPresent() || distinguished.equals(name);
    }
    return own.get().getRdns().stream()
        .filter(part -> part.getType().equalsIgnoreCase("CN"))
        .map(Rdn::getValue)
        .anyMatch(name::equals);
  }

  private static Optional<LdapName> parse(String name) {
    try {
      return Optional.of(new LdapName(name));
    } catch (InvalidNameException e) {
      return Optional.empty(); // A common name is no distinguished one.
    }
  }
}
