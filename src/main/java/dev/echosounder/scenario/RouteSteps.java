package dev.echosounder.scenario;

import dev.echosounder.ws.Bypass;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Route;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The way to the server: proxies, unix sockets, fixed addresses, redirects. */
public final class RouteSteps {
  @Given("the proxy {string}")
  @Phrase(
      means = "Connects by a tunnel through this proxy: http://, https:// or socks5://HOST:PORT.",
      example = "the proxy \"http://127.0.0.1:3128\"")
  public void proxy(String url) {
    Proxy proxy = Proxy.of(url);
    change(r -> r.withProxy(proxy));
  }

  @Given("the proxy {string} with the user {string} and the password {string}")
  @Phrase(
      means = "The same, with credentials for the proxy.",
      example =
          "the proxy \"socks5://127.0.0.1:1080\" with the user \"ann\" and the password \"s\"")
  public void proxy(String url, String user, String password) {
    Proxy proxy = Proxy.of(url).withCredentials(user, password);
    change(r -> r.withProxy(proxy));
  }

  @Given("the proxy is not used for {string}")
  @Phrase(
      means =
          "Dials these servers themselves, separated by commas: example.org with all below it,"
              + " .example.org what is below it, 10.0.0.0/8.",
      example = "the proxy is not used for \"localhost, .internal\"")
  public void bypass(String hosts) {
    Bypass bypass = new Bypass(List.of(hosts.split(",", -1)));
    change(r -> r.withBypass(bypass));
  }

  @Given("no proxy is used")
  @Phrase(
      means = "Dials the server itself, although the run's target has a proxy.",
      example = "no proxy is used")
  public void direct() {
    change(Route::withoutProxy);
  }

  @Given("the unix socket {string}")
  @Phrase(
      means = "Connects to this unix socket instead of the endpoint's host and port.",
      example = "the unix socket \"/run/echo.sock\"")
  public void unixSocket(String path) {
    change(r -> r.withUnixSocket(Path.of(path).toAbsolutePath()));
  }

  @Given("the address of {string} is {string}")
  @Phrase(
      means = "Dials these addresses, separated by commas, for HOST:PORT: no look-up.",
      example = "the address of \"echo.example:443\" is \"127.0.0.1\"")
  public void address(String hostAndPort, String addresses) {
    change(r -> r.withResolve(hostAndPort, addresses));
  }

  @Given("only IPv4 is used")
  @Phrase(means = "Dials only IPv4 addresses of the host.", example = "only IPv4 is used")
  public void ipv4() {
    change(r -> r.withFamily(Route.Family.IPV4));
  }

  @Given("only IPv6 is used")
  @Phrase(means = "Dials only IPv6 addresses of the host.", example = "only IPv6 is used")
  public void ipv6() {
    change(r -> r.withFamily(Route.Family.IPV6));
  }

  @Given("at most {int} redirect(s) is/are followed")
  @Phrase(
      means = "Follows redirects; credentials go along on the same scheme, host and port only.",
      example = "at most 3 redirects are followed")
  public void redirects(int most) {
    change(r -> r.withRedirects(most));
  }

  @Then("{connection} was redirected to {string}")
  @Phrase(
      means = "The server redirected there, and that was followed; a path, or a whole URL.",
      example = "the connection was redirected to \"/echo\"")
  public void redirected(String who, String address) {
    Conversation in = World.current().of(who);
    List<URI> seen =
        in.connection().timeline().events().stream()
            .filter(e -> e instanceof Event.Redirected)
            .map(e -> ((Event.Redirected) e).to())
            .toList();
    URI wanted = in.connection().target().uri().resolve(address);
    if (!seen.contains(wanted)) {
      String all = seen.stream().map(URI::toString).collect(Collectors.joining(", "));
      throw Mismatch.of(
          in, "a redirect to " + wanted, seen.isEmpty() ? "no redirect was followed" : all);
    }
  }

  private static void change(UnaryOperator<Route> route) {
    World.current().change(t -> t.withRoute(route.apply(t.route())));
  }
}
