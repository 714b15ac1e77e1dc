package dev.echosounder.ws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to connect to, and how. Immutable; each {@code with} method gives a changed copy.
 *
 * @param headers sent with the upgrade, in order; repeated names are sent repeatedly
 * @param subprotocols offered in order of preference (RFC 6455 §1.9)
 * @param deflate whether and how {@code permessage-deflate} is offered (RFC 7692)
 * @param http what carries the handshake
 * @param limits how much a peer may send
 * @param timeouts how long each stage may take
 * @param guard which addresses may be dialled
 * @param route the way to the server
 * @param authorization credentials to be fetched before each attempt; null if none
 * @param idleLimit the learnt silence after which something on the way cuts; null if not known
 */
public record Target(
    URI uri,
    List<Header> headers,
    List<String> subprotocols,
    Deflate deflate,
    HttpVersion http,
    Limits limits,
    Timeouts timeouts,
    Tls tls,
    Guard guard,
    Route route,
    @Nullable Authorization authorization,
    @Nullable Duration idleLimit) {

  /**
   * How much a peer may send before we end the connection with 1009.
   *
   * @param message bytes of a whole message received, uncompressed
   * @param frame bytes of one frame, either way
   */
  public record Limits(int message, int frame) {
    /** 16 MiB either. */
    public static final Limits DEFAULT = new Limits(16 << 20, 16 << 20);
  }

  /**
   * How long each stage may take.
   *
   * @param connect DNS, TCP and TLS together
   * @param upgrade from the upgrade request to its answer
   * @param close from our close frame to the peer's, before TCP is cut
   */
  public record Timeouts(Duration connect, Duration upgrade, Duration close) {
    /** 5 s, 5 s and 2 s. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2));
  }

  private static final Set<String> OURS =
      Set.of(
          "connection",
          "upgrade",
          "sec-websocket-key",
          "sec-websocket-version",
          "sec-websocket-protocol",
          "sec-websocket-extensions");

  /** The headers that tell about the probe, and nothing that another origin must not know. */
  private static final Set<String> ANYBODYS = Set.of("user-agent", "origin");

  public Target {
    headers = List.copyOf(headers);
    subprotocols = List.copyOf(subprotocols);
  }

  /**
   * The endpoint at {@code uri} with every option at its default.
   *
   * @throws IllegalArgumentException if {@code uri} is not an absolute {@code ws} or {@code wss}
   *     URI with a host and no fragment (RFC 6455 §3)
   */
  public static Target of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("ws") && !scheme.equals("wss")) {
      throw new IllegalArgumentException(
          "expected a URL that begins with ws:// or wss://, got \"" + uri + "\"");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "expected a host in the URL (a name has no underscore), got \"" + uri + "\"");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "a WebSocket URL has no fragment (RFC 6455 §3), got \"" + uri + "\"");
    }
    return new Draft(uri).target();
  }

  /**
   * The same options, for another URI: headers and credentials go there too.
   *
   * @throws IllegalArgumentException if {@code other} is no WebSocket URI
   */
  public Target at(URI other) {
    return with(draft -> draft.uri = of(other).uri);
  }

  /**
   * Another origin (RFC 6454 §4), asked by the same probe: with all options that are the probe's
   * and none that were meant for this origin, its headers and credentials above all. This and
   * {@link #anew} are the one place that says whose an option is; one that nobody has decided on
   * stays behind.
   *
   * @throws IllegalArgumentException if {@code other} is no WebSocket URI
   */
  public Target elsewhere(URI other) {
    return anew(other)
        .with(
            draft -> {
              draft.headers =
                  headers.stream().filter(h -> ANYBODYS.contains(lower(h.name()))).toList();
              draft.subprotocols = subprotocols;
              draft.deflate = deflate;
              draft.http = http;
              draft.limits = limits;
              draft.timeouts = timeouts;
              draft.tls = tls.elsewhere();
            });
  }

  /**
   * Another endpoint, with only those options that are our network's.
   *
   * @throws IllegalArgumentException if {@code other} is no WebSocket URI
   */
  public Target anew(URI other) {
    return of(other).withGuard(guard).withRoute(route.elsewhere());
  }

  /** Whether {@code other} has the same scheme, host and port (RFC 6454 §5). */
  public boolean isOrigin(URI other) {
    return uri.getScheme().equalsIgnoreCase(other.getScheme())
        && uri.getHost().equalsIgnoreCase(other.getHost())
        && Admission.port(uri) == Admission.port(other);
  }

  /**
   * The same with one more header.
   *
   * @throws IllegalArgumentException if the handshake itself sets this header, or it is malformed
   */
  public Target withHeader(String name, String value) {
    if (OURS.contains(lower(name))) {
      throw new IllegalArgumentException(
          name + " is set by the handshake (RFC 6455 §4.1) and can't be given");
    }
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return with(draft -> draft.headers = more);
  }

  /** The same with this cookie; repeated calls share one {@code Cookie} header (RFC 6265 §5.4). */
  public Target withCookie(String name, String value) {
    List<Header> others =
        headers.stream().filter(h -> !h.name().equalsIgnoreCase("Cookie")).toList();
    String pair = name + "=" + value;
    String all = Header.first(headers, "Cookie").map(c -> c + "; " + pair).orElse(pair);
    return with(draft -> draft.headers = others).withHeader("Cookie", all);
  }

  /** The same with basic credentials (RFC 7617). */
  public Target withBasic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** The same with a bearer token (RFC 6750). */
  public Target withBearer(String token) {
    return withHeader("Authorization", "Bearer " + token);
  }

  /** The same offering these subprotocols, in this order. */
  public Target withSubprotocols(List<String> names) {
    return with(draft -> draft.subprotocols = names);
  }

  /** The same offering {@code permessage-deflate} without parameters, or not at all. */
  public Target withDeflate(boolean offered) {
    return withDeflate(offered ? Deflate.ON : Deflate.OFF);
  }

  /** The same with this offer of {@code permessage-deflate}. */
  public Target withDeflate(Deflate offer) {
    return with(draft -> draft.deflate = offer);
  }

  /** The same with the handshake over this HTTP, and no other. */
  public Target withHttp(HttpVersion version) {
    return with(draft -> draft.http = version);
  }

  /** The same with other limits. */
  public Target withLimits(Limits other) {
    return with(draft -> draft.limits = same(draft.limits, other));
  }

  /** The same with other timeouts. */
  public Target withTimeouts(Timeouts other) {
    return with(draft -> draft.timeouts = same(draft.timeouts, other));
  }

  /** The same with other TLS options. */
  public Target withTls(Tls other) {
    return with(draft -> draft.tls = same(draft.tls, other));
  }

  /** The same, dialling only what {@code other} allows; else {@code blocked}. */
  public Target withGuard(Guard other) {
    return with(draft -> draft.guard = other);
  }

  /** The same by another way. */
  public Target withRoute(Route other) {
    return with(draft -> draft.route = same(draft.route, other));
  }

  /** The same, with an Authorization header that is fetched before each attempt. */
  public Target withAuthorization(Authorization other) {
    return with(draft -> draft.authorization = other);
  }

  /** The same, knowing that silence of this length is cut on the way. */
  public Target withIdleLimit(Duration limit) {
    return with(draft -> draft.idleLimit = limit);
  }

  /** The same, knowing no such limit: an end after a silence keeps its own cause. */
  public Target withoutIdleLimit() {
    return with(draft -> draft.idleLimit = null);
  }

  /** What opens a tunnel to this server; null if it is dialled itself. */
  @Nullable Proxy proxy() {
    Proxy proxy = route.proxy();
    return proxy == null || route.bypass().has(uri) ? null : proxy;
  }

  /** With the server, or with a proxy on the way to it. */
  boolean speaksTls() {
    Proxy proxy = proxy();
    return uri.getScheme().equalsIgnoreCase("wss")
        || (proxy != null && proxy.kind() == Proxy.Kind.HTTPS);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Thousands of targets with the same options share them. */
  private static <T> T same(T known, T given) {
    return given.equals(known) ? known : given;
  }

  private Target with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.target();
  }

  /** What becomes a target: the one place that lists the options in their order. */
  private static final class Draft {
    private URI uri;
    private List<Header> headers = List.of();
    private List<String> subprotocols = List.of();
    private Deflate deflate = Deflate.OFF;
    private HttpVersion http = HttpVersion.HTTP_1_1;
    private Limits limits = Limits.DEFAULT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Tls tls = Tls.DEFAULT;
    private Guard guard = Guard.OPEN;
    private Route route = Route.DIRECT;
    private @Nullable Authorization authorization;
    private @Nullable Duration idleLimit;

    Draft(URI uri) {
      this.uri = uri;
    }

    Draft(Target target) {
      this(target.uri);
      headers = target.headers;
      subprotocols = target.subprotocols;
      deflate = target.deflate;
      http = target.http;
      limits = target.limits;
      timeouts = target.timeouts;
      tls = target.tls;
      guard = target.guard;
      route = target.route;
      authorization = target.authorization;
      idleLimit = target.idleLimit;
    }

    Target target() {
      return new Target(
          uri,
          headers,
          subprotocols,
          deflate,
          http,
          limits,
          timeouts,
          tls,
          guard,
          route,
          authorization,
          idleLimit);
    }
  }
}
