package dev.echosounder.daemon;

import dev.echosounder.config.CheckKinds;
import java.util.List;

/** The one registry: a new kind is a file and a line here. */
public final class Kinds {
  /** Every kind that a configuration can name. */
  public static final CheckKinds ALL =
      new CheckKinds(
          List.of(
              new HandshakeKind(), //
              new EchoKind(),
              new PingKind(),
              new DialogueKind(),
              new IdleKind(),
              new ScenarioKind(),
              new HoldKind()));

  private Kinds() {}
}
