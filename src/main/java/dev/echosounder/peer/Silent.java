package dev.echosounder.peer;

/** Reads and says nothing; may answer pings. */
record Silent(boolean pong) implements Script {
  @Override
  public void onPing(Session session, byte[] payload) {
    if (pong) {
      Script.super.onPing(session, payload);
    }
  }
}
