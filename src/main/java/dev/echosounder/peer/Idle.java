package dev.echosounder.peer;

import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Lets a script have its way until the client was silent for too long. */
final class Idle implements Script {
  enum How {
    FIN,
    RESET,
    GOING_AWAY;

    @Override
    public String toString() {
      return this == GOING_AWAY ? "1001" : name();
    }

    Consumer<Session> action() {
      return switch (this) {
        case FIN -> Session::fin;
        case RESET -> Session::reset;
        case GOING_AWAY -> session -> session.close(1001, "idle timeout");
      };
    }
  }

  private final Script script;
  private final Duration timeout;
  private final How how;
  private Scheduler.@Nullable Task timer;

  Idle(Script script, Duration timeout, How how) {
    this.script = script;
    this.timeout = timeout;
    this.how = how;
  }

  @Override
  public void onOpen(Session session) {
    script.onOpen(session);
    onActivity(session);
  }

  @Override
  public void onActivity(Session session) {
    onEnd(session);
    timer = session.link().later(timeout, () -> how.action().accept(session));
  }

  @Override
  public void onMessage(Session session, Message message) {
    script.onMessage(session, message);
  }

  @Override
  public void onEnd(Session session) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
