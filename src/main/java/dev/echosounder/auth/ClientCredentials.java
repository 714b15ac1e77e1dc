package dev.echosounder.auth;

import dev.echosounder.ws.Authorization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An access token by client credentials, kept until shortly before it expires and shared by all
 * connections that use this object. Fetched by one request at a time, on no thread of theirs.
 * Thread-safe; equal if the settings are.
 */
public final class ClientCredentials implements Authorization {
  /** A token that ends within this is not used for another attempt, which takes a while itself. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** Of a token whose server does not say how long it is valid (RFC 6749 §5.1). */
  private static final Duration UNSAID = Duration.ofMinutes(1);

  private final OAuth2 settings;
  private final TokenEndpoint endpoint;
  private final InstantSource time;

  /** Guarded by this. */
  private @Nullable Kept kept;

  /** Guarded by this; not null while a token is being fetched. */
  private @Nullable CompletableFuture<Kept> fetching;

  private record Kept(String header, Instant until) {}

  /** Fetches nothing before it is asked. */
  public ClientCredentials(OAuth2 settings) {
    this(settings, InstantSource.system());
  }

  ClientCredentials(OAuth2 settings, InstantSource time) {
    this.settings = settings;
    this.endpoint = new TokenEndpoint(settings);
    this.time = time;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Attempts that come while a token is being fetched share that fetch and its deadline.
   */
  @Override
  public CompletableFuture<String> header(
      Supplier<CompletableFuture<SSLContext>> trust, Duration patience) {
    CompletableFuture<Kept> answer;
    synchronized (this) {
      Kept known = kept;
      if (known != null && time.instant().isBefore(known.until())) {
        return CompletableFuture.completedFuture(known.header());
      }
      answer = fetching == null ? fetch(trust, patience) : fetching;
    }
    return answer.thenApply(Kept::header);
  }

  /** Only the token that was refused is dropped: another attempt may have renewed it since. */
  @Override
  public synchronized void refused(String header) {
    if (kept != null && kept.header().equals(header)) {
      kept = null;
    }
  }

  @Override
  public Collection<String> secrets() {
    return List.of(settings.secret());
  }

  private CompletableFuture<Kept> fetch(
      Supplier<CompletableFuture<SSLContext>> trust, Duration patience) {
    CompletableFuture<Kept> answer = endpoint.fetch(trust, patience).thenApply(this::kept);
    fetching = answer;
    // Outside of this call's lock if it is answered later; at once, the monitor is ours already.
    var unused = answer.whenComplete((token, failure) -> fetched(answer, token));
    return answer;
  }

  private synchronized void fetched(CompletableFuture<Kept> answer, @Nullable Kept token) {
    if (fetching == answer) {
      fetching = null;
    }
    if (token != null) {
      kept = token;
    }
  }

  private Kept kept(TokenEndpoint.Token token) {
    Duration lifetime = Optional.ofNullable(token.lifetime()).orElse(UNSAID);
    // A short-lived token is kept for half of its life.
    Duration margin =
        lifetime.compareTo(MARGIN.multipliedBy(2)) < 0 ? lifetime.dividedBy(2) : MARGIN;
    return new Kept(token.header(), time.instant().plus(lifetime).minus(margin));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClientCredentials that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return "ClientCredentials[" + settings + "]";
  }
}
