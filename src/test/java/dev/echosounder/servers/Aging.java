package dev.echosounder.servers;

import java.time.Duration;

/** A Netty server whose connections last so long and no longer, silent or not. */
public final class Aging {
  private Aging() {}

  /** Starts it; the end is a bare FIN. */
  public static EchoServer start(Duration lifetime) {
    return NettyEcho.start("aging", lifetime);
  }
}
