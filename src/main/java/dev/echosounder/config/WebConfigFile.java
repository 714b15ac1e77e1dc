package dev.echosounder.config;

import dev.echosounder.web.WebSecurity;
import dev.echosounder.web.WebSecurity.ClientAuth;
import dev.echosounder.web.WebSecurity.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the Prometheus exporters' web configuration file: TLS, response headers, bcrypt users. What
 * it does not know it refuses: a protection that is silently ignored is worse than none.
 */
@NullMarked
public final class WebConfigFile {
  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final List<String> JAVA_VERSIONS =
      List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private static final Map<String, ClientAuth> CLIENT_AUTH =
      Map.of(
          "NoClientCert", ClientAuth.NONE,
          "RequestClientCert", ClientAuth.REQUEST,
          "RequireAnyClientCert", ClientAuth.REQUIRE_ANY,
          "VerifyClientCertIfGiven", ClientAuth.VERIFY_IF_GIVEN,
          "RequireAndVerifyClientCert", ClientAuth.REQUIRE_AND_VERIFY);

  /** The only ones that the format has. */
  private static final Set<String> HEADERS =
      Set.of(
          "Content-Security-Policy",
          "Strict-Transport-Security",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "X-XSS-Protection");

  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  /** bcrypt's cost doubles with each step: beyond, one login takes many seconds. */
  private static final int MOST_COST = 16;

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private WebConfigFile(Path file) {
    this.file = file;
  }

  /**
   * What the file says.
   *
   * @param security {@link WebSecurity#NONE} if there are problems
   * @param problems each with file, line and column; empty if the file is right
   */
  public record Result(WebSecurity security, List<String> problems) {}

  /** Reads the file; paths in it are relative to its directory. */
  public static Result read(Path file) {
    WebConfigFile reader = new WebConfigFile(file);
    WebSecurity security = reader.security();
    return reader.problems.isEmpty()
        ? new Result(security, List.of())
        : new Result(WebSecurity.NONE, List.copyOf(reader.problems));
  }

  private WebSecurity security() {
    Map<String, Node> root =
        fields(
            root(),
            "the file",
            Set.of("tls_server_config", "http_server_config", "basic_auth_users"));
    Node tls = root.get("tls_server_config");
    Map<String, Node> http =
        fields(root.get("http_server_config"), "http_server_config", Set.of("http2", "headers"));
    flag(http, "http2", true); // Only an offer: HTTP/1.1 is what every client can speak.
    return new WebSecurity(
        tls == null ? null : tls(tls),
        headers(http.get("headers")),
        users(root.get("basic_auth_users")));
  }

  private @Nullable Node root() {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      return new Compose(settings).composeString(Files.readString(file)).orElse(null);
    } catch (IOException e) {
      problems.add(file + " can't be read: check that it exists and its permissions");
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark()
              .map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
              .orElse("");
      problems.add(file + where + ": not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(file + ": not YAML: " + e.getMessage());
    }
    return null;
  }

  private @Nullable ServerTls tls(Node node) {
    Map<String, Node> tls =
        fields(
            node,
            "tls_server_config",
            Set.of(
                "cert_file",
                "key_file",
                "client_auth_type",
                "client_ca_file",
                "min_version",
                "max_version",
                "cipher_suites",
                "prefer_server_cipher_suites"));
    Path certificate = path(tls, "cert_file");
    Path key = path(tls, "key_file");
    Path ca = path(tls, "client_ca_file");
    ClientAuth auth =
        choice(tls, "client_auth_type", List.copyOf(CLIENT_AUTH.keySet()))
            .map(CLIENT_AUTH::get)
            .orElse(ClientAuth.NONE);
    int first = choice(tls, "min_version", VERSIONS).map(VERSIONS::indexOf).orElse(2);
    int last = choice(tls, "max_version", VERSIONS).map(VERSIONS::indexOf).orElse(3);
    if (first > last) {
      problem(node, "min_version is above max_version");
    }
    if (auth.verifies() && ca == null) {
      problem(node, "client_auth_type verifies certificates: client_ca_file is missing");
    } else if (!auth.verifies() && ca != null) {
      problem(
          node,
          "client_ca_file needs a client_auth_type that verifies: RequireAndVerifyClientCert");
    }
    List<String> ciphers = list(tls.get("cipher_suites"));
    boolean ownOrder = flag(tls, "prefer_server_cipher_suites", true);
    if (certificate == null || key == null) {
      problem(node, "cert_file and key_file are both needed");
      return null;
    }
    return new ServerTls(
        certificate,
        key,
        auth,
        ca,
        JAVA_VERSIONS.subList(Math.min(first, last), last + 1),
        ciphers,
        ownOrder);
  }

  private Map<String, String> headers(@Nullable Node node) {
    Map<String, String> headers = new LinkedHashMap<>();
    fields(node, "headers", HEADERS).forEach((name, value) -> headers.put(name, scalar(value)));
    headers.forEach(
        (name, value) -> {
          if (node != null && value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            problem(node, name + " has a character that no header may have");
          }
        });
    return headers;
  }

  private Map<String, String> users(@Nullable Node node) {
    Map<String, String> users = new LinkedHashMap<>();
    fields(node, "basic_auth_users", null)
        .forEach(
            (name, value) -> {
              String hash = scalar(value);
              var match = BCRYPT.matcher(hash);
              if (name.isEmpty() || name.contains(":")) {
                problem(value, "a user's name can't be empty or have a colon (RFC 7617 §2)");
              } else if (!match.matches()) {
                // Not shown: it may be the password itself.
                problem(value, "not a bcrypt hash; htpasswd -nBC 10 " + name + " makes one");
              } else if (Integer.parseInt(match.group(1)) > MOST_COST) {
                problem(
                    value, "a bcrypt cost above " + MOST_COST + " makes each login take seconds");
              } else {
                users.put(name, hash);
              }
            });
    return users;
  }

  /**
   * A mapping's values by key.
   *
   * @param known null if every key will do
   */
  private Map<String, Node> fields(@Nullable Node node, String what, @Nullable Set<String> known) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (node == null || (node instanceof ScalarNode empty && empty.getValue().isEmpty())) {
      return fields;
    }
    if (!(node instanceof MappingNode mapping)) {
      problem(node, what + " is not a mapping");
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode());
      if (known != null && !known.contains(key)) {
        String choices = String.join(", ", known.stream().sorted().toList());
        problem(
            tuple.getKeyNode(),
            "unknown key \"%s\" in %s; known are %s".formatted(key, what, choices));
      } else if (fields.put(key, tuple.getValueNode()) != null) {
        problem(tuple.getKeyNode(), "key \"" + key + "\" is there twice");
      }
    }
    return fields;
  }

  private @Nullable Path path(Map<String, Node> fields, String key) {
    Node node = fields.get(key);
    if (node == null || scalar(node).isEmpty()) {
      return null;
    }
    Path path = file.toAbsolutePath().resolveSibling(scalar(node)).normalize();
    if (!Files.isReadable(path)) {
      problem(node, key + " " + path + " can't be read");
    }
    return path;
  }

  private Optional<String> choice(Map<String, Node> fields, String key, List<String> choices) {
    Node node = fields.get(key);
    if (node == null) {
      return Optional.empty();
    }
    String value = scalar(node);
    if (!choices.contains(value)) {
      String all = String.join(", ", choices.stream().sorted().toList());
      problem(node, "%s is \"%s\"; expected one of %s".formatted(key, value, all));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private boolean flag(Map<String, Node> fields, String key, boolean otherwise) {
    return choice(fields, key, List.of("true", "false")).map("true"::equals).orElse(otherwise);
  }

  private List<String> list(@Nullable Node node) {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      problem(node, "expected a list");
      return List.of();
    }
    return sequence.getValue().stream().map(this::scalar).toList();
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problem(node, "expected a single value");
    return "";
  }

  private void problem(Node node, String text) {
    String where =
        node.getStartMark()
            .map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1))
            .orElse("");
    problems.add(file + where + ": " + text);
  }
}
