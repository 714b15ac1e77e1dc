package dev.echosounder.config;

import dev.echosounder.ws.Deflate;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.HttpVersion;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys that say how to connect: in targets, templates, modules and, for all, in defaults. */
final class EndpointKeys {
  private static final Form<Duration> STAGE =
      Forms.duration(Duration.ofMillis(1), Duration.ofMinutes(1));
  private static final Form<Long> BYTES = Forms.size(125, 1 << 30);

  static final Key<List<Header>> HEADERS =
      Key.optional("headers", new HeadersForm(), "Sent with the upgrade, by name.");
  private static final Key<Map<String, String>> COOKIES =
      Key.optional(
          "cookies",
          Forms.mapping(
              "the name of a cookie (RFC 6265 §4.1.1)",
              NetForms.TOKEN,
              NetForms.SECRET_LINE,
              HeadersForm.MOST),
          "Sent with the upgrade in one Cookie header, by name.");
  private static final Key<String> ORIGIN =
      Key.optional("origin", NetForms.LINE, "The Origin header (RFC 6455 §4.1).");
  private static final Key<String> USER =
      Key.required("username", NetForms.LINE, "The user's name.");
  private static final Key<String> PASSWORD =
      Key.required("password", NetForms.SECRET_LINE, "The user's password.");
  static final Key<Section> BASIC =
      Key.optional("basic", Layout.of(USER, PASSWORD), "Basic credentials (RFC 7617).");
  static final Key<String> BEARER =
      Key.optional("bearer", NetForms.SECRET_LINE, "A bearer token (RFC 6750).");
  private static final Key<List<String>> SUBPROTOCOLS =
      Key.optional(
          "subprotocols",
          Forms.list(NetForms.SUBPROTOCOL, 0),
          "Offered in this order; the server must choose one of them.");
  private static final Key<Deflate> DEFLATE =
      Key.optional(
          "deflate",
          WireForms.DEFLATE,
          "Offer permessage-deflate (RFC 7692), and with which parameters. Default: false.");
  private static final Key<HttpVersion> HTTP =
      Key.optional(
          "http",
          WireForms.HTTP,
          "What carries the handshake: 1.1 (RFC 6455) or 2 (RFC 8441). Default: 1.1.");
  private static final Key<Long> MESSAGE =
      Key.optional("message", BYTES, "Of a whole message received. Default: 16MiB.");
  private static final Key<Long> FRAME =
      Key.optional("frame", BYTES, "Of one frame, either way. Default: 16MiB.");
  private static final Key<Section> LIMITS =
      Key.optional("limits", Layout.of(MESSAGE, FRAME), "What a peer may send.");
  private static final Key<Duration> CONNECT =
      Key.optional("connect", STAGE, "DNS, TCP and TLS together. Default: 5s.");
  private static final Key<Duration> UPGRADE =
      Key.optional("upgrade", STAGE, "From the upgrade request to its answer. Default: 5s.");
  private static final Key<Duration> CLOSE =
      Key.optional("close", STAGE, "From our close frame to the peer's. Default: 2s.");
  private static final Key<Section> TIMEOUTS =
      Key.optional("timeouts", Layout.of(CONNECT, UPGRADE, CLOSE), "How long stages may take.");
  private static final Key<Path> CA =
      Key.optional("ca", Forms.FILE, "PEM file of the certificates to trust.");
  private static final Key<Path> CERTIFICATE =
      Key.optional("certificate", Forms.FILE, "Our certificate: PEM, or PKCS#12 (.p12, .pfx).");
  private static final Key<Path> KEY =
      Key.optional("key", Forms.FILE, "Its private key, PEM, if not in the same file.");
  private static final Key<String> KEY_PASSWORD =
      Key.optional("key_password", Forms.SECRET, "Of the key or the PKCS#12 file.");
  private static final Key<String> SERVER_NAME =
      Key.optional("server_name", NetForms.HOST, "Asked for and verified instead of the host.");
  private static final Key<List<String>> VERSIONS =
      Key.optional(
          "versions",
          Forms.list(Forms.choice(words("TLSv1.2", "TLSv1.3")), 1),
          "Allowed protocol versions.");
  private static final Key<List<String>> CIPHERS =
      Key.optional("ciphers", Forms.list(NetForms.CIPHER, 1), "Allowed cipher suites.");
  private static final Key<Boolean> VERIFY =
      Key.optional("verify", Forms.BOOLEAN, "False trusts every certificate: for tests only.");
  private static final Key<Section> TLS =
      Key.optional(
          "tls",
          Layout.of(CA, CERTIFICATE, KEY, KEY_PASSWORD, SERVER_NAME, VERSIONS, CIPHERS, VERIFY)
              .needs(KEY, CERTIFICATE)
              .needs(KEY_PASSWORD, CERTIFICATE),
          "How wss is verified, and who we say we are.");

  static final Layout LAYOUT =
      Layout.of(
              HEADERS,
              COOKIES,
              ORIGIN,
              BASIC,
              BEARER,
              OAuth2Keys.OAUTH2,
              SUBPROTOCOLS,
              DEFLATE,
              HTTP,
              LIMITS,
              TIMEOUTS,
              TLS)
          .atMostOne(BASIC, BEARER, OAuth2Keys.OAUTH2)
          .and(RouteKeys.LAYOUT);

  private EndpointKeys() {}

  /** The target with the section's options, and the defaults' where the section has none. */
  static Target apply(Target plain, Section own, @Nullable Section defaults) {
    Layered all = new Layered(own, defaults);
    Target target = plain;
    for (Header header : mergedHeaders(own, defaults)) {
      target = target.withHeader(header.name(), header.value());
    }
    for (Map.Entry<String, String> cookie : all.merged(COOKIES).entrySet()) {
      target = target.withCookie(cookie.getKey(), cookie.getValue());
    }
    String origin = all.get(ORIGIN);
    target = origin == null ? target : target.withHeader("Origin", origin);
    Layered limits = all.nested(LIMITS);
    Target.Limits most = Target.Limits.DEFAULT;
    Layered timeouts = all.nested(TIMEOUTS);
    Target.Timeouts usual = Target.Timeouts.DEFAULT;
    return credentials(target, hasCredentials(own) ? own : defaults)
        .withSubprotocols(all.get(SUBPROTOCOLS, List.of()))
        .withDeflate(all.get(DEFLATE, Deflate.OFF))
        .withHttp(all.get(HTTP, HttpVersion.HTTP_1_1))
        .withLimits(
            new Target.Limits(
                (int) (long) limits.get(MESSAGE, (long) most.message()),
                (int) (long) limits.get(FRAME, (long) most.frame())))
        .withTimeouts(
            new Target.Timeouts(
                timeouts.get(CONNECT, usual.connect()),
                timeouts.get(UPGRADE, usual.upgrade()),
                timeouts.get(CLOSE, usual.close())))
        .withTls(tls(all.nested(TLS)))
        .withRoute(RouteKeys.route(own, defaults));
  }

  private static List<Header> mergedHeaders(Section own, @Nullable Section defaults) {
    Map<String, Header> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (defaults != null) {
      defaults.get(HEADERS, List.of()).forEach(h -> headers.put(h.name(), h));
    }
    own.get(HEADERS, List.of()).forEach(h -> headers.put(h.name(), h));
    return List.copyOf(headers.values());
  }

  private static boolean hasCredentials(Section own) {
    return own.has(BASIC) || own.has(BEARER) || own.has(OAuth2Keys.OAUTH2);
  }

  static Target credentials(Target target, @Nullable Section section) {
    Section basic = section == null ? null : section.get(BASIC);
    if (basic != null && !basic.broken()) {
      // The header holds the pair in base64: that spelling is as secret as the password.
      Target with = target.withBasic(basic.require(USER), basic.require(PASSWORD));
      Header.first(with.headers(), "Authorization")
          .ifPresent(header -> basic.secret(header.substring("Basic ".length())));
      return with;
    }
    Section oauth2 = section == null ? null : section.get(OAuth2Keys.OAUTH2);
    if (oauth2 != null && !oauth2.broken()) {
      return target.withAuthorization(OAuth2Keys.credentials(oauth2));
    }
    String bearer = section == null ? null : section.get(BEARER);
    return bearer == null ? target : target.withBearer(bearer);
  }

  private static Tls tls(Layered tls) {
    return new Tls(
        tls.get(CA),
        tls.get(CERTIFICATE),
        tls.get(KEY),
        tls.get(KEY_PASSWORD),
        tls.get(SERVER_NAME),
        tls.get(VERSIONS, List.of()),
        tls.get(CIPHERS, List.of()),
        tls.get(VERIFY, true));
  }

  static Map<String, String> words(String... words) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String word : words) {
      map.put(word, word);
    }
    return map;
  }
}
