package dev.echosounder.check;

import dev.echosounder.ws.Message;

/**
 * What one kind of check does between the upgrade and the close. One per run; its run calls it one
 * call at a time, never again after {@link Run#done} or {@link Run#fail}.
 */
interface Script {
  /** The connection can send. */
  void opened(Run run);

  /** A message or a pong has arrived. */
  void received(Run run, Message message);
}
