package dev.echosounder.junit;

import dev.echosounder.scenario.TestConnection;

/** Where assertions about connections begin. */
public final class EchosounderAssertions {
  private EchosounderAssertions() {}

  /** Begins an assertion about a connection. */
  public static ConnectionAssert assertThat(TestConnection actual) {
    return new ConnectionAssert(actual);
  }
}
