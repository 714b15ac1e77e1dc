package dev.echosounder.scenario;

import io.cucumber.java.After;
import io.cucumber.java.AfterAll;
import io.cucumber.java.Before;
import io.cucumber.java.BeforeAll;
import io.cucumber.java.Scenario;

/** Begins and ends each scenario's {@link World}. For Cucumber only. */
public final class Hooks {
  /** Before those of other glue, which may already want the world. */
  private static final int FIRST = 0;

  /** A run begins. */
  @BeforeAll
  public static void enter() {
    Shared.enter();
  }

  /** A run has ended: the last one frees every thread and port. */
  @AfterAll
  public static void leave() {
    Shared.leave();
  }

  /** A scenario begins on this thread. */
  @Before(order = FIRST)
  public void begin() {
    World.begin();
  }

  /**
   * Closes every connection; then, if the scenario has passed so far, fails it for what it left
   * unsaid. After hooks run in descending order, so this is among the last.
   */
  @After(order = FIRST)
  public void end(Scenario scenario) throws InterruptedException {
    World world = World.current();
    try {
      new Teardown(world).run(scenario);
    } finally {
      Connections.ended(world);
      World.end();
    }
  }
}
