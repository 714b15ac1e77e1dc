package dev.echosounder.cli;

import dev.echosounder.ws.Deflate;
import dev.echosounder.ws.HttpVersion;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that describe an endpoint, and the target they make. */
final class EndpointOptions {
  @Option(
      names = "--header",
      paramLabel = "NAME:VALUE",
      description = "Send this header. VALUE may be env:NAME or @FILE. Repeatable.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--cookie",
      paramLabel = "NAME=VALUE",
      description = "Send this cookie. VALUE may be env:NAME or @FILE. Repeatable.")
  private List<String> cookies = new ArrayList<>();

  @Option(names = "--origin", paramLabel = "ORIGIN", description = "Send this Origin header.")
  private @Nullable String origin;

  @Option(
      names = "--basic",
      paramLabel = "USER:PASSWORD",
      description = "Basic credentials, or env:NAME or @FILE that holds them.")
  private @Nullable String basic;

  @Option(
      names = "--bearer",
      paramLabel = "TOKEN",
      description = "A bearer token, or env:NAME or @FILE that holds it.")
  private @Nullable String bearer;

  @Mixin private OAuth2Options oauth2 = new OAuth2Options();

  @Option(
      names = "--subprotocol",
      paramLabel = "NAME",
      description = "Offer this subprotocol. Repeatable, in order of preference.")
  private List<String> subprotocols = new ArrayList<>();

  @Option(names = "--deflate", description = "Offer permessage-deflate (RFC 7692).")
  private boolean deflate;

  @Option(
      names = "--deflate-parameters",
      paramLabel = "PARAMETERS",
      description =
          "Offer it with these, as in \"client_no_context_takeover; server_max_window_bits=10\".")
  private @Nullable String deflateParameters;

  @Option(
      names = "--http",
      paramLabel = "VERSION",
      description = "What carries the handshake: 1.1 or 2 (RFC 8441). Default: 1.1.")
  private String http = HttpVersion.HTTP_1_1.label();

  @Option(
      names = "--max-message",
      paramLabel = "BYTES",
      description = "The longest message to accept. Default: 16777216.")
  private int maxMessage = Target.Limits.DEFAULT.message();

  @Option(names = "--ca", paramLabel = "FILE", description = "Trust the certificates in this PEM.")
  private @Nullable Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Our client certificate: PEM, or PKCS#12 (.p12, .pfx).")
  private @Nullable Path cert;

  @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PEM.")
  private @Nullable Path key;

  @Option(
      names = "--key-password",
      paramLabel = "PASSWORD",
      description = "The key's password, or env:NAME or @FILE that holds it.")
  private @Nullable String keyPassword;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      description = "Ask for and verify this name instead of the URL's.")
  private @Nullable String serverName;

  @Option(
      names = "--cipher",
      paramLabel = "NAME",
      description = "Allow this cipher suite, and only those named. Repeatable.")
  private List<String> ciphers = new ArrayList<>();

  @Option(names = "--insecure", description = "Trust every certificate. For tests only.")
  private boolean insecure;

  @Mixin private RouteOptions route = new RouteOptions();

  Target target(String url, Map<String, String> environment) {
    Target target = Url.target(url);
    for (String header : headers) {
      String[] pair = pair(header, ":", "--header", "NAME:VALUE");
      target = target.withHeader(pair[0], Secret.read(pair[1], "--header", environment));
    }
    for (String cookie : cookies) {
      String[] pair = pair(cookie, "=", "--cookie", "NAME=VALUE");
      target = target.withCookie(pair[0], Secret.read(pair[1], "--cookie", environment));
    }
    if (origin != null) {
      target = target.withHeader("Origin", origin);
    }
    return credentials(target, environment)
        .withSubprotocols(subprotocols)
        .withDeflate(deflate())
        .withHttp(http())
        .withLimits(limits())
        .withTls(tls(environment))
        .withRoute(route.route(environment));
  }

  private Deflate deflate() {
    if (deflateParameters == null) {
      return deflate ? Deflate.ON : Deflate.OFF;
    }
    try {
      return Deflate.parse(deflateParameters);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--deflate-parameters: " + e.getMessage());
    }
  }

  private HttpVersion http() {
    return Arrays.stream(HttpVersion.values())
        .filter(v -> v.label().equals(http))
        .findFirst()
        .orElseThrow(() -> new BadInput("--http: expected 1.1 or 2, got \"" + http + "\""));
  }

  private Target.Limits limits() {
    if (maxMessage < 1) {
      throw new BadInput("--max-message: expected at least 1, got " + maxMessage);
    }
    return new Target.Limits(maxMessage, Target.Limits.DEFAULT.frame());
  }

  private Target credentials(Target target, Map<String, String> environment) {
    if (basic != null && bearer != null) {
      throw new BadInput("expected --basic or --bearer, got both");
    }
    if (oauth2.given()) {
      if (basic != null || bearer != null) {
        throw new BadInput("expected --oauth2-client, --basic or --bearer, got more than one");
      }
      return oauth2.apply(target, environment);
    }
    if (basic != null) {
      String both = Secret.read(basic, "--basic", environment);
      String[] pair = pair(both, ":", "--basic", "USER:PASSWORD");
      return target.withBasic(pair[0], pair[1]);
    }
    return bearer == null
        ? target
        : target.withBearer(Secret.read(bearer, "--bearer", environment));
  }

  private Tls tls(Map<String, String> environment) {
    Tls tls = ca == null ? Tls.DEFAULT : Tls.DEFAULT.withCa(readable(ca, "--ca"));
    if (key != null && cert == null) {
      throw new BadInput("expected --cert with --key, got --key alone");
    }
    if (cert != null) {
      String password =
          keyPassword == null ? null : Secret.read(keyPassword, "--key-password", environment);
      Path keyFile = key == null ? null : readable(key, "--key");
      tls = tls.withClientCertificate(readable(cert, "--cert"), keyFile, password);
    }
    tls = serverName == null ? tls : tls.withServerName(serverName);
    tls = tls.withCiphers(known(ciphers));
    return insecure ? tls.withoutVerification() : tls;
  }

  private static List<String> known(List<String> suites) {
    for (String suite : suites) {
      if (!Tls.isCipher(suite)) {
        throw new BadInput(
            "--cipher: expected a cipher suite of the JDK such as TLS_AES_128_GCM_SHA256, got "
                + suite);
      }
    }
    return suites;
  }

  static Path readable(Path file, String option) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new BadInput("%s: cannot read the file %s".formatted(option, file));
    }
    return file;
  }

  /** The value is never repeated in the message: it may be a secret. */
  static String[] pair(String text, String separator, String option, String form) {
    int at = text.indexOf(separator);
    if (at < 1) {
      throw new BadInput(
          "%s: expected %s, got a value without a name and a \"%s\""
              .formatted(option, form, separator));
    }
    return new String[] {text.substring(0, at).strip(), text.substring(at + 1).strip()};
  }
}
