package dev.echosounder.cli;

import dev.echosounder.ws.Bypass;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which way to the endpoint. */
final class RouteOptions {
  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "Connect through this proxy: http://, https:// or socks5://HOST:PORT.")
  private @Nullable String proxy;

  @Option(
      names = "--proxy-user",
      paramLabel = "USER:PASSWORD",
      description = "The proxy's credentials, or env:NAME or @FILE that holds them.")
  private @Nullable String proxyUser;

  @Option(
      names = "--no-proxy",
      paramLabel = "HOSTS",
      description =
          "Dial these themselves: example.org, .example.org, 10.0.0.0/8, with commas. Repeatable.")
  private List<String> noProxy = new ArrayList<>();

  @Option(
      names = "--unix-socket",
      paramLabel = "PATH",
      description = "Connect to this unix socket instead of the URL's host and port.")
  private @Nullable Path unixSocket;

  @Option(
      names = "--resolve",
      paramLabel = "HOST:PORT:ADDRESS",
      description = "Dial this address, or several with commas, for HOST:PORT. Repeatable.")
  private List<String> resolve = new ArrayList<>();

  @Option(
      names = {"-4", "--ipv4"},
      description = "Dial only IPv4 addresses.")
  private boolean ipv4;

  @Option(
      names = {"-6", "--ipv6"},
      description = "Dial only IPv6 addresses.")
  private boolean ipv6;

  @Option(
      names = "--redirects",
      paramLabel = "N",
      description = "Follow at most N redirects. Default: 0, a redirect fails.")
  private int redirects;

  Route route(Map<String, String> environment) {
    if (ipv4 && ipv6) {
      throw new BadInput("expected --ipv4 or --ipv6, got both");
    }
    if (proxyUser != null && proxy == null) {
      throw new BadInput("expected --proxy with --proxy-user, got --proxy-user alone");
    }
    if (!noProxy.isEmpty() && proxy == null) {
      throw new BadInput("expected --proxy with --no-proxy, got --no-proxy alone");
    }
    if (proxy != null && unixSocket != null) {
      throw new BadInput("expected --proxy or --unix-socket, got both");
    }
    Route route = redirected(Route.DIRECT);
    route = proxy == null ? route : route.withProxy(proxy(proxy, environment));
    route = route.withBypass(bypass());
    route = unixSocket == null ? route : route.withUnixSocket(unixSocket.toAbsolutePath());
    for (String fixed : resolve) {
      route = resolved(route, fixed);
    }
    return ipv4 || ipv6 ? route.withFamily(ipv4 ? Route.Family.IPV4 : Route.Family.IPV6) : route;
  }

  private Route redirected(Route route) {
    try {
      return route.withRedirects(redirects);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--redirects: " + e.getMessage());
    }
  }

  private Bypass bypass() {
    try {
      return new Bypass(
          noProxy.stream().flatMap(hosts -> Stream.of(hosts.split(",", -1))).toList());
    } catch (IllegalArgumentException e) {
      throw new BadInput("--no-proxy: " + e.getMessage());
    }
  }

  private Proxy proxy(String url, Map<String, String> environment) {
    try {
      Proxy plain = Proxy.of(url);
      if (proxyUser == null) {
        return plain;
      }
      String both = Secret.read(proxyUser, "--proxy-user", environment);
      String[] pair = EndpointOptions.pair(both, ":", "--proxy-user", "USER:PASSWORD");
      return plain.withCredentials(pair[0], pair[1]);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--proxy: " + e.getMessage());
    }
  }

  /** The port is the last thing before an address, which may be of IPv6. */
  private static Route resolved(Route route, String fixed) {
    int port = fixed.indexOf(':', fixed.startsWith("[") ? fixed.indexOf(']') : 0);
    int end = port < 0 ? -1 : fixed.indexOf(':', port + 1);
    if (end < 0) {
      throw new BadInput("--resolve: expected HOST:PORT:ADDRESS, got \"" + fixed + "\"");
    }
    try {
      return route.withResolve(fixed.substring(0, end), fixed.substring(end + 1));
    } catch (IllegalArgumentException e) {
      throw new BadInput("--resolve: " + e.getMessage());
    }
  }
}
