package dev.echosounder.features;

import dev.echosounder.scenario.DefaultTarget;
import io.cucumber.java.Before;
import org.junit.jupiter.api.Assumptions;

/** Skips, by name, the scenarios that need the embedded peer when the run has another target. */
public final class PeerOnly {
  @Before("@peer")
  public void skip() {
    Assumptions.assumeTrue(DefaultTarget.named().isEmpty(), "needs the embedded peer");
  }
}
