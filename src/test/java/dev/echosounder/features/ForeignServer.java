package dev.echosounder.features;

import dev.echosounder.scenario.DefaultTarget;
import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.servers.Start;
import dev.echosounder.ws.Target;
import io.cucumber.java.Before;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The server that the suite under way runs against. A suite runs wholly on one thread, one after
 * the other. If the server is not to be had here, each scenario is skipped by name: a suite that is
 * aborted as a whole would be reported as an error.
 */
public final class ForeignServer {
  private static @Nullable EchoServer server;
  private static DefaultTarget.@Nullable Binding binding;
  private static @Nullable String unavailable;

  static void start(ServerKind kind) {
    start(kind.start());
  }

  static void start(Start start) {
    start(start, target -> target);
  }

  /** The same with options for every connection. */
  static void start(Start start, UnaryOperator<Target> options) {
    try {
      EchoServer started = start.orSkip();
      server = started;
      binding = DefaultTarget.bind(options.apply(Target.of(started.uri())));
    } catch (TestAbortedException e) {
      unavailable = e.getMessage();
    }
  }

  static void stop() {
    unavailable = null;
    if (binding != null) {
      binding.close();
      binding = null;
    }
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Skips what the server would be needed for. */
  @Before
  public void skip() {
    if (unavailable != null) {
      throw new TestAbortedException(unavailable);
    }
  }
}
