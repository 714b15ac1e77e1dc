package dev.echosounder.servers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * oidc-provider on Node.js, an OAuth 2.0 server that is certified for OpenID Connect, and a
 * WebSocket echo that lets in only who shows a valid token of it: {@code src/test/node/oauth.mjs}.
 * Its clients are {@code basic} and {@code post}, after how they say who they are.
 *
 * @param uri of the echo
 */
public record TokenServer(URI uri, ChildProcess process) implements AutoCloseable {
  /** Of both clients; has what must be encoded in a form and in basic credentials. */
  public static final String SECRET = "s3cret&% +";

  private static final Path HOME = Path.of("src", "test", "node").toAbsolutePath();
  private static final Pattern LISTENING = Pattern.compile("listening (\\d+)\\R");

  /**
   * Starts it; the test is skipped where it can't run, and fails in CI.
   *
   * @param lifetime of its tokens, in whole seconds
   */
  public static TokenServer startOrSkip(Duration lifetime) {
    return startOrSkip(lifetime, Map.of());
  }

  /** The same over TLS, with this certificate. */
  public static TokenServer startOrSkip(Duration lifetime, Certificates certificates, Leaf leaf) {
    return startOrSkip(
        lifetime,
        Map.of(
            "CERTIFICATE",
            certificates.certificate(leaf).toAbsolutePath().toString(),
            "KEY",
            certificates.key(leaf).toAbsolutePath().toString()));
  }

  private static TokenServer startOrSkip(Duration lifetime, Map<String, String> tls) {
    Optional<Path> node = Program.find("node");
    if (node.isEmpty()
        || Files.notExists(HOME.resolve("node_modules/oidc-provider/package.json"))) {
      String why = "node or its packages are missing: run npm ci --prefix src/test/node";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(why);
      }
      throw new TestAbortedException(why);
    }
    Map<String, String> environment = new HashMap<>(tls);
    environment.put("SECRET", SECRET);
    environment.put("LIFETIME_SECONDS", Long.toString(lifetime.toSeconds()));
    ChildProcess process =
        ChildProcess.start(
            Scratch.directory("oauth").resolve("output.log"),
            environment,
            List.of(node.get().toString(), HOME.resolve("oauth.mjs").toString()));
    int port =
        process
            .await(() -> port(process.output()))
            .orElseThrow(() -> new IllegalStateException("node ended: " + process.output()));
    URI plain = Loopback.ws(port, "/echo");
    URI uri = tls.isEmpty() ? plain : URI.create(plain.toString().replaceFirst("ws:", "wss:"));
    return new TokenServer(uri, process);
  }

  /**
   * {@code path} of its HTTP side: /token, /token/revocation; /asked counts requests for tokens.
   */
  public URI http(String path) {
    String scheme = uri.getScheme().equals("wss") ? "https://" : "http://";
    return URI.create(scheme + uri.getAuthority() + path);
  }

  private static Optional<Integer> port(String output) {
    Matcher matcher = LISTENING.matcher(output);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  @Override
  public void close() {
    process.close();
  }
}
