package dev.echosounder.peer.proxy;

/** Where frames come from. */
public enum Side {
  CLIENT("client"),
  SERVER("server");

  private final String word;

  Side(String word) {
    this.word = word;
  }

  /** As in {@code frame 3 from the server}. */
  String word() {
    return word;
  }
}
