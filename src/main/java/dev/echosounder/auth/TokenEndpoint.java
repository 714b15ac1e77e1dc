package dev.echosounder.auth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The request for a token, its answer, and what was wrong with it in words. Thread-safe. */
final class TokenEndpoint {
  private static final String CA = "the target's CA file (ca in tls, --ca)";

  private final OAuth2 settings;

  TokenEndpoint(OAuth2 settings) {
    this.settings = settings;
  }

  /**
   * A token.
   *
   * @param header how it stands in an Authorization header: {@code Bearer abc}
   * @param lifetime from now; null if the server does not say
   */
  record Token(String header, @Nullable Duration lifetime) {}

  /** Fails with an {@link IOException} that says what went wrong, without the secret. */
  CompletableFuture<Token> fetch(Supplier<CompletableFuture<SSLContext>> trust, Duration patience) {
    return TokenHttp.send(request(), trust, patience)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw problem(words(failure, patience), failure);
              }
              return token(answer);
            });
  }

  private HTTPRequest request() {
    ClientID id = new ClientID(settings.clientId());
    Secret secret = new Secret(settings.secret());
    ClientAuthentication client =
        switch (settings.method()) {
          case BASIC -> new ClientSecretBasic(id, secret);
          case POST -> new ClientSecretPost(id, secret);
        };
    TokenRequest.Builder request =
        new TokenRequest.Builder(settings.tokenUrl(), client, new ClientCredentialsGrant());
    if (!settings.scopes().isEmpty()) {
      request.scope(new Scope(settings.scopes().toArray(String[]::new)));
    }
    if (settings.audience() != null) {
      request.customParameter("audience", settings.audience());
    }
    return request.build().toHTTPRequest();
  }

  private Token token(HTTPResponse answer) {
    try {
      TokenResponse response = TokenResponse.parse(answer);
      if (response instanceof AccessTokenResponse good) {
        return token(good.getTokens().getAccessToken());
      }
      ErrorObject error = response.toErrorResponse().getErrorObject();
      throw problem(refusal(answer.getStatusCode(), error), null);
    } catch (ParseException e) {
      throw problem("answered " + answer.getStatusCode() + ", no token: " + e.getMessage(), e);
    }
  }

  private static Token token(AccessToken token) {
    Duration lifetime = token.getLifetime() > 0 ? Duration.ofSeconds(token.getLifetime()) : null;
    return new Token(token.toAuthorizationHeader(), lifetime);
  }

  private static String refusal(int status, @Nullable ErrorObject error) {
    String code = error == null || error.getCode() == null ? "" : ": " + error.getCode();
    String why =
        error == null || error.getDescription() == null ? "" : ", " + error.getDescription();
    return "answered " + status + code + why;
  }

  private static String words(Throwable failure, Duration patience) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return "did not answer within " + patience.toMillis() + " ms";
    }
    if (cause instanceof SSLException) {
      return "failed TLS: " + cause.getMessage() + "; it must be trusted by the JDK or by " + CA;
    }
    String message = cause == null ? null : cause.getMessage();
    String name = cause == null ? "unknown" : cause.getClass().getSimpleName();
    return "can't be reached: " + (message == null ? name : message);
  }

  private CompletionException problem(String what, @Nullable Throwable cause) {
    String text = "no access token: " + settings.tokenUrl() + " " + what;
    return new CompletionException(new IOException(text, cause));
  }
}
