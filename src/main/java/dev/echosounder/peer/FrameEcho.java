package dev.echosounder.peer;

import java.util.List;

/** Sends every frame back as it comes, so a message of any size passes through little memory. */
final class FrameEcho implements Script {
  static Entry entry() {
    return Entry.upgrading(
        "/relay",
        "/relay",
        "sends every frame back as it comes: a message of any size, never whole in memory",
        List.of(),
        call -> new FrameEcho());
  }

  @Override
  public boolean onDataFrame(Session session, Frame frame) {
    session.send(frame);
    return true;
  }
}
