package dev.echosounder.peer;

import java.time.Duration;
import org.eclipse.jetty.util.thread.Scheduler;

/** Lets a script have its way until the client has not taken what was sent in time. */
final class Impatient implements Script {
  private final Script script;
  private final Duration within;

  Impatient(Script script, Duration within) {
    this.script = script;
    this.within = within;
  }

  @Override
  public void onOpen(Session session) {
    script.onOpen(session);
  }

  @Override
  public void onMessage(Session session, Message message) {
    script.onMessage(session, message);
    session.inOrder(Duration.ZERO, () -> watch(session));
  }

  /** What was sent is still to be written, all of it or a part. */
  private void watch(Session session) {
    Scheduler.Task late = session.link().later(within, session::abort);
    session.link().whenSent(late::cancel);
  }
}
