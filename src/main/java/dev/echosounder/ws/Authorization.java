package dev.echosounder.ws;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Credentials that have to be fetched before an attempt, such as an access token. Thread-safe;
 * equal targets have equal ones, and share what was fetched by sharing the object.
 */
public interface Authorization {
  /**
   * The value of the Authorization header. Returns at once; a future that is complete by then holds
   * what has served before.
   *
   * @param trust for a server that is asked for it over TLS: trusts the JDK's certificates and
   *     those that the target names, shows none, verifies. Returns at once; the future fails with
   *     an {@link IllegalArgumentException} if the target's file can't be used
   * @param patience how long fetching may take, {@code trust} included, if it begins now; then the
   *     future fails
   * @return fails with a message for a person, without any secret
   */
  CompletableFuture<String> header(
      Supplier<CompletableFuture<SSLContext>> trust, Duration patience);

  /** The server answered 401 to {@code header}: it is not to be used again. */
  void refused(String header);

  /** What must never be shown of it, beside the header's value. */
  Collection<String> secrets();
}
