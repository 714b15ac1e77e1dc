package dev.echosounder.cli;

import dev.echosounder.auth.ClientCredentials;
import dev.echosounder.auth.OAuth2;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that get an access token by client credentials (RFC 6749 §4.4). */
final class OAuth2Options {
  @Option(
      names = "--oauth2-token-url",
      paramLabel = "URL",
      description = "Get an access token from this endpoint, by client credentials.")
  private @Nullable URI tokenUrl;

  @Option(
      names = "--oauth2-client",
      paramLabel = "ID:SECRET",
      description = "The client, or env:NAME or @FILE that holds both.")
  private @Nullable String client;

  @Option(
      names = "--oauth2-scope",
      paramLabel = "NAME",
      description = "Ask for this scope. Repeatable.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--oauth2-audience",
      paramLabel = "NAME",
      description = "Ask for a token for this audience.")
  private @Nullable String audience;

  @Option(
      names = "--oauth2-post",
      description = "Send id and secret in the body, not in an Authorization header.")
  private boolean post;

  boolean given() {
    return tokenUrl != null || client != null;
  }

  Target apply(Target target, Map<String, String> environment) {
    if (tokenUrl == null || client == null) {
      throw new BadInput("expected --oauth2-token-url and --oauth2-client, got one of them");
    }
    String both = Secret.read(client, "--oauth2-client", environment);
    int colon = both.indexOf(':');
    if (colon < 1) {
      throw new BadInput("--oauth2-client: expected ID:SECRET, got a value without a \":\"");
    }
    OAuth2.Method method = post ? OAuth2.Method.POST : OAuth2.Method.BASIC;
    try {
      OAuth2 settings =
          new OAuth2(
              tokenUrl,
              both.substring(0, colon),
              both.substring(colon + 1),
              scopes,
              audience,
              method);
      return target.withAuthorization(new ClientCredentials(settings));
    } catch (IllegalArgumentException e) {
      throw new BadInput("--oauth2-token-url: " + e.getMessage());
    }
  }
}
