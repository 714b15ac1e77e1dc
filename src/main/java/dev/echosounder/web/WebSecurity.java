package dev.echosounder.web;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the HTTP side, and how it is protected: what the Prometheus exporters' web
 * configuration file says.
 *
 * @param tls null means plain HTTP
 * @param headers added to every response; they replace our own of the same name
 * @param users name to bcrypt hash; empty means that everyone may
 */
public record WebSecurity(
    @Nullable ServerTls tls, Map<String, String> headers, Map<String, String> users) {

  /** Plain HTTP for everyone. */
  public static final WebSecurity NONE = new WebSecurity(null, Map.of(), Map.of());

  public WebSecurity {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }

  /** How a client shows who it is. */
  public enum ClientAuth {
    /** It is not asked for a certificate. */
    NONE(false),
    /** It is asked, and any certificate, or none, will do. */
    REQUEST(false),
    /** Any certificate will do, but there must be one. */
    REQUIRE_ANY(false),
    /** If it has one, the CA must have signed it. */
    VERIFY_IF_GIVEN(true),
    /** It must have one that the CA has signed. */
    REQUIRE_AND_VERIFY(true);

    private final boolean verifies;

    ClientAuth(boolean verifies) {
      this.verifies = verifies;
    }

    /** Whether a CA is needed. */
    public boolean verifies() {
      return verifies;
    }
  }

  /**
   * The server's TLS.
   *
   * @param certificate PEM file, the chain
   * @param key PEM file
   * @param clientCa PEM file; null if no client certificate is verified
   * @param protocols such as {@code TLSv1.3}, not empty
   * @param cipherSuites by IANA name; empty means the JDK's
   * @param ownOrder whether our order of cipher suites counts, not the client's
   */
  public record ServerTls(
      Path certificate,
      Path key,
      ClientAuth clientAuth,
      @Nullable Path clientCa,
      List<String> protocols,
      List<String> cipherSuites,
      boolean ownOrder) {
    public ServerTls {
      protocols = List.copyOf(protocols);
      cipherSuites = List.copyOf(cipherSuites);
    }
  }

  /** Without the hashes. */
  @Override
  public String toString() {
    return "WebSecurity[tls=%s, headers=%s, users=%s]".formatted(tls, headers, users.keySet());
  }
}
