package dev.echosounder.scenario;

import dev.echosounder.auth.ClientCredentials;
import dev.echosounder.auth.OAuth2;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An access token by client credentials (RFC 6749 §4.4). */
public final class OAuth2Steps {
  private static final String URL = "token url";
  private static final String CLIENT = "client";
  private static final String SECRET = "secret";
  private static final String VARIABLE = "secret variable";
  private static final String SCOPES = "scopes";
  private static final String AUDIENCE = "audience";
  private static final String METHOD = "method";
  private static final Set<String> KNOWN =
      Set.of(URL, CLIENT, SECRET, VARIABLE, SCOPES, AUDIENCE, METHOD);

  @Given("these OAuth2 client credentials:")
  @Phrase(
      means =
          "Fetches an access token before it connects, and keeps it for the scenario: token url (or"
              + " a path on the endpoint's server), client, secret (or the environment variable that holds it), and if need be"
              + " scopes, audience, and method: basic or post.",
      example =
          """
          these OAuth2 client credentials:
          | token url       | https://login.example/token |
          | client          | probe                       |
          | secret variable | CHAT_SECRET                 |
          | scopes          | chat.read chat.write        |""")
  public void credentials(DataTable table) {
    Map<String, String> rows = rows(table);
    OAuth2 settings =
        OAuth2.of(url(need(rows, URL)), need(rows, CLIENT), secret(rows))
            .withScopes(
                rows.containsKey(SCOPES) ? List.of(rows.get(SCOPES).split(" +")) : List.of())
            .withMethod(method(rows.getOrDefault(METHOD, "basic")));
    if (rows.containsKey(AUDIENCE)) {
      settings = settings.withAudience(rows.get(AUDIENCE));
    }
    // Made once: the connections of the scenario share its token.
    ClientCredentials credentials = new ClientCredentials(settings);
    World.current().change(t -> t.withAuthorization(credentials));
  }

  private static Map<String, String> rows(DataTable table) {
    Map<String, String> rows = new HashMap<>();
    for (List<String> row : table.cells()) {
      String name = Rows.cell(row, 0);
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("expected rows of " + KNOWN + ", got \"" + name + "\"");
      }
      rows.put(name, Rows.cell(row, 1));
    }
    return rows;
  }

  /** A path alone is one on the endpoint's own server. */
  private static URI url(String text) {
    URI endpoint = World.current().target().uri();
    String scheme = endpoint.getScheme().equalsIgnoreCase("wss") ? "https" : "http";
    return URI.create(scheme + "://" + endpoint.getAuthority()).resolve(text);
  }

  private static String secret(Map<String, String> rows) {
    String variable = rows.get(VARIABLE);
    if (variable == null) {
      return need(rows, SECRET);
    }
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected the environment variable " + variable + " to be set, it is not");
    }
    return value;
  }

  private static OAuth2.Method method(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "basic" -> OAuth2.Method.BASIC;
      case "post" -> OAuth2.Method.POST;
      default -> throw new IllegalArgumentException("expected basic or post, got \"" + word + "\"");
    };
  }

  private static String need(Map<String, String> rows, String name) {
    String value = rows.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected a row \"" + name + "\", got " + rows.keySet());
    }
    return value;
  }
}
