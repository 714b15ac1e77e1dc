package dev.echosounder.config;

import dev.echosounder.ws.Bypass;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Route;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that say which way to the server. */
final class RouteKeys {
  private static final int MOST_HOSTS = 100;

  private static final String A_PROXY =
      "a proxy such as http://proxy.example.org:3128 or socks5://127.0.0.1:1080";
  private static final String A_HOST = "a host such as example.org, .example.org or 10.0.0.0/8";
  private static final String ADDRESSES = "IP addresses, separated by commas";
  private static final Key<Proxy> URL =
      Key.required(
          "url",
          Forms.text(
              A_PROXY,
              "(https?|socks5)://([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}/?",
              RouteKeys::proxy),
          "http://HOST:PORT asks by CONNECT, https:// does so over TLS, socks5:// by SOCKS 5.");
  private static final Key<String> USER =
      Key.optional("username", NetForms.LINE, "The user's name, if the proxy asks for one.");
  private static final Key<String> PASSWORD =
      Key.optional("password", NetForms.SECRET_LINE, "The user's password.");
  private static final Key<List<String>> NO_PROXY =
      Key.optional(
          "no_proxy",
          Forms.list(
              Forms.text(A_HOST, "[A-Za-z0-9_.:/*-]+|\\[[0-9A-Fa-f:.]+\\]", RouteKeys::host), 1),
          "Servers that are dialled themselves: example.org with all below it, .example.org what is"
              + " below it, 10.0.0.0/8, or *.");
  private static final Key<Section> PROXY =
      Key.optional(
          "proxy",
          Layout.of(URL, USER, PASSWORD, NO_PROXY).needs(USER, PASSWORD).needs(PASSWORD, USER),
          "Opens a tunnel to the server, and looks its name up.");
  private static final Key<Boolean> DIRECT =
      Key.optional(
          "direct",
          Forms.BOOLEAN,
          "Dials the server itself, although the defaults have a proxy or a unix socket.");
  private static final Key<Path> UNIX_SOCKET =
      Key.optional(
          "unix_socket",
          Forms.text("the path of a socket", "[^\\u0000]{1,100}", RouteKeys::path),
          "Dialled instead of the URL's host and port.");
  private static final Key<Map<String, String>> RESOLVE =
      Key.optional(
          "resolve",
          Forms.mapping(
              "HOST:PORT such as example.org:443",
              "([^\\[\\]:/\\s]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}",
              Forms.text(ADDRESSES, "[0-9A-Fa-f:.,\\[\\] ]+", RouteKeys::addresses),
              MOST_HOSTS),
          "Addresses that replace a look-up, by host and port.");
  private static final Key<Route.Family> FAMILY =
      Key.optional("address_family", Forms.choice(families()), "Which are dialled. Default: any.");
  private static final Key<Integer> REDIRECTS =
      Key.optional(
          "redirects",
          Forms.integer(0, Route.MOST_REDIRECTS),
          "How many are followed. Default: 0, the first one fails.");

  static final Layout LAYOUT =
      Layout.of(PROXY, DIRECT, UNIX_SOCKET, RESOLVE, FAMILY, REDIRECTS)
          .atMostOne(PROXY, DIRECT, UNIX_SOCKET);

  private RouteKeys() {}

  /** The section's way, and the defaults' where the section has none. */
  static Route route(Section own, @Nullable Section defaults) {
    Layered all = new Layered(own, defaults);
    Route route =
        Route.DIRECT
            .withFamily(all.get(FAMILY, Route.Family.ANY))
            .withRedirects(all.get(REDIRECTS, 0));
    for (Map.Entry<String, String> fixed : all.merged(RESOLVE).entrySet()) {
      route = route.withResolve(fixed.getKey(), fixed.getValue());
    }
    // The ways exclude each other: who has one does not inherit another.
    Section way = own.has(PROXY) || own.get(DIRECT, false) || own.has(UNIX_SOCKET) ? own : defaults;
    Path socket = way == null ? null : way.get(UNIX_SOCKET);
    Section proxy = way == null ? null : way.get(PROXY);
    if (socket != null) {
      return route.withUnixSocket(socket);
    }
    return proxy == null || proxy.broken()
        ? route
        : route.withProxy(proxy(proxy)).withBypass(new Bypass(proxy.get(NO_PROXY, List.of())));
  }

  private static Proxy proxy(Section section) {
    Proxy plain = section.require(URL);
    String user = section.get(USER);
    String password = section.get(PASSWORD);
    if (user == null || password == null) {
      return plain;
    }
    try {
      return plain.withCredentials(user, password);
    } catch (IllegalArgumentException e) {
      section.problem(USER, String.valueOf(e.getMessage()));
      return plain;
    }
  }

  private static @Nullable Proxy proxy(Value value, String text) {
    try {
      return Proxy.of(text);
    } catch (IllegalArgumentException e) {
      value.expected(A_PROXY);
      return null;
    }
  }

  private static @Nullable String host(Value value, String text) {
    try {
      return new Bypass(List.of(text)).hosts().get(0);
    } catch (IllegalArgumentException e) {
      value.expected(A_HOST);
      return null;
    }
  }

  private static @Nullable Path path(Value value, String text) {
    try {
      return value.directory().resolve(text).normalize();
    } catch (InvalidPathException e) {
      value.expected("the path of a socket");
      return null;
    }
  }

  private static @Nullable String addresses(Value value, String text) {
    try {
      Route.DIRECT.withResolve("host:1", text);
      return text;
    } catch (IllegalArgumentException e) {
      value.expected(ADDRESSES);
      return null;
    }
  }

  private static Map<String, Route.Family> families() {
    Map<String, Route.Family> families = new LinkedHashMap<>();
    families.put("any", Route.Family.ANY);
    families.put("ipv4", Route.Family.IPV4);
    families.put("ipv6", Route.Family.IPV6);
    return families;
  }
}
