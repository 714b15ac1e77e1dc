package dev.echosounder.scenario;

import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.ws.Target;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.net.URI;

/** Faults on the way, injected on cue before any server. */
public final class FaultSteps {
  @Given("a fault proxy stands before the endpoint")
  @Phrase(
      means = "Later connections to the endpoint's server go through it; ws only, not wss.",
      example = "a fault proxy stands before the endpoint")
  public void proxy() {
    World world = World.current();
    URI server = world.target().uri();
    if (!server.getScheme().equalsIgnoreCase("ws")) {
      throw new AssertionError(
          "expected an endpoint that a fault proxy can read, ws://, got " + server);
    }
    FaultProxy proxy = FaultProxy.start(server);
    world.proxy(proxy);
    world.change(target -> through(proxy, server, target));
  }

  private static Target through(FaultProxy proxy, URI server, Target target) {
    URI uri = target.uri();
    if (!server.getAuthority().equals(uri.getAuthority())) {
      return target;
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return target.at(proxy.uri(uri.getRawPath() + query));
  }

  @Given("the fault proxy is told to {fault}")
  @Phrase(
      means =
          "Injects a fault: `echosounder proxy` lists all forms. Frames are counted from 1 for"
              + " each connection and side; `now` concerns what is open, `pass` ends all faults.",
      example = "the fault proxy is told to reset after frame 3 from the server")
  public void told(Fault fault) {
    World.current().proxy().apply(fault);
  }

  @Then("the fault proxy has ended {int} connection(s) by {proxyEnding}")
  @Phrase(
      means =
          "What the proxy itself says: `reset`, `fin`, `cut`, `black_hole`, `closed_by_proxy`,"
              + " `violation`, or what it saw first: `closed_by_client`, `closed_by_server`,"
              + " `lost_by_client`, `lost_by_server`.",
      example = "the fault proxy has ended 1 connection by reset")
  public void ended(Integer times, FaultLedger.Ending how) {
    FaultLedger ledger = World.current().proxy().ledger();
    if (ledger.ended(how) != times) {
      throw new AssertionError(
          "expected %d connections ended by %s\n  expected:     %d\n  seen:         %s"
              .formatted(times, how, times, ledger));
    }
  }
}
