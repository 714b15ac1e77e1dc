package dev.echosounder.ws;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one attempt that have to be fetched before it. Written by the thread that
 * fetched them, before the request is sent; read by the thread that sees the attempt fail.
 */
final class Fetched {
  private static final int UNAUTHORIZED = 401;

  private final Authorization authorization;
  private final Supplier<CompletableFuture<SSLContext>> trust;
  private volatile @Nullable String header;

  /** Whether they have served before, so that new ones may do better. */
  private volatile boolean kept;

  private Fetched(Authorization authorization, Supplier<CompletableFuture<SSLContext>> trust) {
    this.authorization = authorization;
    this.trust = trust;
  }

  /** Null if there are none to be fetched. */
  static @Nullable Fetched of(Client client, Target target) {
    Authorization needed = target.authorization();
    return needed == null
        ? null
        : new Fetched(
            needed,
            () ->
                client
                    .tlsContexts()
                    .ofAnother(target.tls())
                    .thenApply(SslContextFactory.Client::getSslContext));
  }

  /** Hands over the header's value, or in words why there is none, in the thread that knows it. */
  void fetch(Duration patience, BiConsumer<@Nullable String, @Nullable String> then) {
    CompletableFuture<String> answer = authorization.header(trust, patience);
    kept = answer.isDone();
    var unused =
        answer.whenComplete(
            (value, failure) -> {
              header = value;
              then.accept(value, failure == null ? null : words(failure));
            });
  }

  /** The message that was made for a person, not that of what caused it. */
  private static String words(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return String.valueOf((cause == null ? failure : cause).getMessage());
  }

  /**
   * Takes back what the server refused with 401.
   *
   * @return whether another attempt with new credentials makes sense
   */
  boolean isOutdated(ConnectFailure failure) {
    ConnectFailure.Response answer = failure.response();
    String used = header;
    if (used == null || answer == null || answer.status() != UNAUTHORIZED) {
      return false;
    }
    authorization.refused(used);
    return kept;
  }
}
