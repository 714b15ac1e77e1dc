package dev.echosounder.ws;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;

/**
 * Sends one message of many fragments, each when the kernel has taken the one before. Runs on the
 * thread that starts it and on those that complete writes, one at a time.
 */
final class FragmentPump extends IteratingCallback {
  private final CoreSession core;
  private final Iterator<Bytes> fragments;
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private Opcode opcode;
  private boolean done;

  FragmentPump(CoreSession core, Opcode opcode, Iterator<Bytes> fragments) {
    this.core = core;
    this.opcode = opcode;
    this.fragments = fragments;
  }

  CompletableFuture<Void> start() {
    iterate();
    return sent;
  }

  @Override
  protected Action process() {
    if (done) {
      return Action.SUCCEEDED;
    }
    Bytes next = fragments.next();
    done = !fragments.hasNext();
    Frame frame = new Frame((byte) opcode.code(), done, next.toBuffer());
    opcode = Opcode.CONTINUATION;
    core.sendFrame(frame, this, false);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    sent.complete(null);
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    sent.completeExceptionally(cause);
  }
}
