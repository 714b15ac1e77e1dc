package dev.echosounder.config;

import dev.echosounder.auth.ClientCredentials;
import dev.echosounder.auth.OAuth2;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys of client credentials. */
final class OAuth2Keys {
  private static final Key<URI> TOKEN_URL =
      Key.required("token_url", NetForms.HTTP_URL, "The token endpoint (RFC 6749 §3.2).");
  private static final Key<String> CLIENT_ID =
      Key.required("client_id", NetForms.LINE, "The client's identifier.");
  private static final Key<String> CLIENT_SECRET =
      Key.required("client_secret", NetForms.SECRET_LINE, "The client's secret.");
  private static final Key<List<String>> SCOPES =
      Key.optional(
          "scopes",
          Forms.list(
              Forms.text("a scope (RFC 6749 §3.3)", "[!#-\\[\\]-~]+", (value, text) -> text), 1),
          "What the token shall allow.");
  private static final Key<String> AUDIENCE =
      Key.optional("audience", NetForms.LINE, "Whom the token shall be for.");
  private static final Key<OAuth2.Method> METHOD =
      Key.optional(
          "method",
          Forms.choice(methods()),
          "Where id and secret stand: in an Authorization header or in the body. Default: basic.");

  static final Key<Section> OAUTH2 =
      Key.optional(
          "oauth2",
          Layout.of(TOKEN_URL, CLIENT_ID, CLIENT_SECRET, SCOPES, AUDIENCE, METHOD),
          "An access token by client credentials (RFC 6749 §4.4), fetched and renewed.");

  private OAuth2Keys() {}

  /** One for all checks of a target: they share its token. */
  static ClientCredentials credentials(Section section) {
    return new ClientCredentials(
        new OAuth2(
            section.require(TOKEN_URL),
            section.require(CLIENT_ID),
            section.require(CLIENT_SECRET),
            section.get(SCOPES, List.of()),
            section.get(AUDIENCE),
            section.get(METHOD, OAuth2.Method.BASIC)));
  }

  private static Map<String, OAuth2.Method> methods() {
    Map<String, OAuth2.Method> methods = new LinkedHashMap<>();
    for (OAuth2.Method method : OAuth2.Method.values()) {
      methods.put(method.name().toLowerCase(Locale.ROOT), method);
    }
    return methods;
  }
}
