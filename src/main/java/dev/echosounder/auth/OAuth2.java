package dev.echosounder.auth;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to get an access token by client credentials (RFC 6749 §4.4).
 *
 * @param tokenUrl the token endpoint, http or https; trusted if the JDK or the target's CA file
 *     says so, and never asked through the target's proxy
 * @param secret of the client; never printed
 * @param scopes asked for; may be empty
 * @param audience asked for, as some servers want it; null if none
 * @param method how the client says who it is
 */
public record OAuth2(
    URI tokenUrl,
    String clientId,
    String secret,
    List<String> scopes,
    @Nullable String audience,
    Method method) {

  /** Where the client's id and secret stand in the request (RFC 6749 §2.3.1). */
  public enum Method {
    /** In an Authorization header; every server must accept this. */
    BASIC,
    /** In the body. */
    POST
  }

  /**
   * Checks the URL.
   *
   * @throws IllegalArgumentException if it is no absolute http or https URL with a host
   */
  public OAuth2 {
    scopes = List.copyOf(scopes);
    String scheme = tokenUrl.getScheme() == null ? "" : tokenUrl.getScheme();
    if (!List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
        || tokenUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "expected a token URL that begins with http:// or https://, got \"" + tokenUrl + "\"");
    }
  }

  /** The client {@code clientId} at {@code tokenUrl}, by {@link Method#BASIC}. */
  public static OAuth2 of(URI tokenUrl, String clientId, String secret) {
    return new OAuth2(tokenUrl, clientId, secret, List.of(), null, Method.BASIC);
  }

  /** The same, asking for these scopes. */
  public OAuth2 withScopes(List<String> names) {
    return new OAuth2(tokenUrl, clientId, secret, names, audience, method);
  }

  /** The same, asking for a token for this audience. */
  public OAuth2 withAudience(String name) {
    return new OAuth2(tokenUrl, clientId, secret, scopes, name, method);
  }

  /** The same, saying who the client is in another way. */
  public OAuth2 withMethod(Method other) {
    return new OAuth2(tokenUrl, clientId, secret, scopes, audience, other);
  }

  @Override
  public String toString() {
    return "OAuth2[tokenUrl=%s, clientId=%s, scopes=%s, audience=%s, method=%s]"
        .formatted(tokenUrl, clientId, scopes, audience, method);
  }
}
