package dev.echosounder.ws;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Who we say we are when a server asks; notes that it asked.
 *
 * <p>The one certificate that was configured is shown even where the server names other issuers
 * (RFC 8446 §4.2.4), which the JDK would not do: the server's own verdict is what a test is after.
 * Thread-safe.
 */
final class ClientIdentity extends X509ExtendedKeyManager {
  /** Null if no client certificate is configured. */
  private final @Nullable X509ExtendedKeyManager own;

  private final CertificateRequests requests;
  private final InstantSource time;

  ClientIdentity(
      @Nullable X509ExtendedKeyManager own, CertificateRequests requests, InstantSource time) {
    this.own = own;
    this.time = time;
    this.requests = requests;
  }

  /** Of one handshake the JDK asks several times, by type of key, until there is an answer. */
  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    List<Principal> wanted = issuers == null ? List.of() : Arrays.asList(issuers);
    if (own == null) {
      requests.add(engine, new CertificateRequest(time.instant(), wanted, false, null, false));
      return null;
    }
    String fitting = own.chooseEngineClientAlias(keyTypes, issuers, engine);
    String alias = fitting == null ? own.chooseEngineClientAlias(keyTypes, null, engine) : fitting;
    X509Certificate[] chain = alias == null ? null : own.getCertificateChain(alias);
    X509Certificate shown = chain == null ? null : chain[0];
    requests.add(
        engine, new CertificateRequest(time.instant(), wanted, true, shown, fitting != null));
    return alias;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return own == null ? null : own.chooseClientAlias(keyTypes, issuers, socket);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return own == null ? null : own.getClientAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return own == null ? null : own.getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return own == null ? null : own.getPrivateKey(alias);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
