package dev.echosounder.scenario;

import dev.echosounder.ws.Target.Limits;
import dev.echosounder.ws.Target.Timeouts;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where to connect, and with which options. They hold for the connections made afterwards. */
public final class EndpointSteps {
  @Given("the endpoint is the target")
  @Phrase(
      means = "Connects to the run's target: what every scenario does unless it says otherwise.",
      example = "the endpoint is the target")
  public void target() {
    World.current().target();
  }

  @Given("the endpoint {string}")
  @Phrase(
      means = "Connects to a path on the target's server, or to a whole ws:// or wss:// URL.",
      example = "the endpoint \"/echo?prefix=echo:%20\"")
  public void endpoint(String address) {
    World.current().endpoint(World.onTarget(World.current().fill(address)));
  }

  @Given("the header {string} is {string}")
  @Phrase(
      means = "Sends a header with the upgrade request.",
      example = "the header \"X-Tenant\" is \"blue\"")
  public void header(String name, String value) {
    String known = World.current().fill(value);
    World.current().change(t -> t.withHeader(name, known));
  }

  @Given("these headers:")
  @Phrase(
      means = "Sends these headers with the upgrade request, in this order: name, value.",
      example = "these headers:\n| X-Tenant | blue |\n| X-Trace  | 17   |")
  public void headers(DataTable table) {
    table.cells().forEach(row -> header(row.get(0), row.get(1)));
  }

  @Given("the cookie {string} is {string}")
  @Phrase(
      means = "Sends a cookie (RFC 6265) with the upgrade request.",
      example = "the cookie \"session\" is \"s3cret\"")
  public void cookie(String name, String value) {
    String known = World.current().fill(value);
    World.current().change(t -> t.withCookie(name, known));
  }

  @Given("the origin is {string}")
  @Phrase(
      means = "Sends an Origin header, as a browser does (RFC 6455 §10.2).",
      example = "the origin is \"https://app.example\"")
  public void origin(String origin) {
    header("Origin", origin);
  }

  @Given("the user agent is {string}")
  @Phrase(
      means = "Sends this User-Agent instead of our own.",
      example = "the user agent is \"Acceptance/1.0\"")
  public void userAgent(String agent) {
    header("User-Agent", agent);
  }

  @Given("the user {string} with the password {string}")
  @Phrase(
      means = "Sends basic credentials (RFC 7617).",
      example = "the user \"ann\" with the password \"s3cret\"")
  public void basic(String user, String password) {
    String known = World.current().fill(password);
    World.current().change(t -> t.withBasic(user, known));
  }

  @Given("the bearer token {string}")
  @Phrase(means = "Sends a bearer token (RFC 6750).", example = "the bearer token \"abc.def\"")
  public void bearer(String token) {
    String known = World.current().fill(token);
    World.current().change(t -> t.withBearer(known));
  }

  @Given("the subprotocol(s) {string} is/are offered")
  @Phrase(
      means = "Offers subprotocols (RFC 6455 §1.9), separated by commas, the preferred one first.",
      example = "the subprotocols \"chat.v2, chat.v1\" are offered")
  public void subprotocols(String names) {
    List<String> offered =
        Arrays.stream(World.current().fill(names).split(",")).map(String::trim).toList();
    World.current().change(t -> t.withSubprotocols(offered));
  }

  @Given("compression is offered")
  @Phrase(means = "Offers permessage-deflate (RFC 7692).", example = "compression is offered")
  public void deflate() {
    World.current().change(t -> t.withDeflate(true));
  }

  @Given("compression is not offered")
  @Phrase(
      means = "Offers no permessage-deflate: what every scenario does unless it says otherwise.",
      example = "compression is not offered")
  public void noDeflate() {
    World.current().change(t -> t.withDeflate(false));
  }

  @Given("a message may have at most {size}")
  @Phrase(
      means = "Ends the connection with 1009 when the peer sends a bigger message.",
      example = "a message may have at most 64 KiB")
  public void messageLimit(Integer size) {
    World.current().change(t -> t.withLimits(new Limits(size, t.limits().frame())));
  }

  @Given("a frame may have at most {size}")
  @Phrase(
      means = "Ends the connection with 1009 when the peer sends a bigger frame.",
      example = "a frame may have at most 16 KiB")
  public void frameLimit(Integer size) {
    World.current().change(t -> t.withLimits(new Limits(t.limits().message(), size)));
  }

  @Given("connecting may take at most {duration}")
  @Phrase(
      means = "Gives up with connect_timeout: DNS, TCP and TLS together.",
      example = "connecting may take at most 2s")
  public void connectTimeout(Duration limit) {
    timeouts(t -> new Timeouts(limit, t.upgrade(), t.close()));
  }

  @Given("the upgrade may take at most {duration}")
  @Phrase(
      means = "Gives up with upgrade_timeout: from the upgrade request to its answer.",
      example = "the upgrade may take at most 500 ms")
  public void upgradeTimeout(Duration limit) {
    timeouts(t -> new Timeouts(t.connect(), limit, t.close()));
  }

  @Given("closing may take at most {duration}")
  @Phrase(
      means = "Cuts TCP when the peer has not answered our close frame by then.",
      example = "closing may take at most 1s")
  public void closeTimeout(Duration limit) {
    timeouts(t -> new Timeouts(t.connect(), t.upgrade(), limit));
  }

  private static void timeouts(UnaryOperator<Timeouts> change) {
    World.current().change(t -> t.withTimeouts(change.apply(t.timeouts())));
  }
}
