package dev.echosounder.peer;

import java.util.function.Consumer;

/** What a behaviour makes of a request. */
sealed interface Reaction {
  /** A 101, right or deliberately wrong, and the script of the connection that follows. */
  record Upgrade(Script script, Flaw flaw) implements Reaction {}

  record Respond(Response response) implements Reaction {}

  /** Anything else that can be done to a connection. */
  record Misbehave(Consumer<Link> action) implements Reaction {}

  enum Flaw {
    NONE,
    WRONG_ACCEPT,
    NO_UPGRADE_HEADER
  }
}
