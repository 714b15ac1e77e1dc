package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Echoes; may do something on open, and something else after n echoes. */
final class Echo implements Script {
  private static final int NEVER = -1;

  private final String prefix;
  private final Duration delay;
  private final Duration jitter;
  private final int fragment;
  private final boolean ping;
  private Consumer<Session> opening = session -> {};
  private Consumer<Session> ending = session -> {};
  private BiConsumer<Session, byte[]> closing = Session::answerClose;
  private int remaining = NEVER;

  Echo(Call call) {
    prefix = call.find(Parameters.PREFIX).orElse("");
    delay = call.get(Parameters.DELAY);
    jitter = call.get(Parameters.JITTER);
    fragment = call.find(Parameters.FRAGMENT).orElse(Integer.MAX_VALUE);
    ping = call.get(Parameters.PING);
  }

  Echo opening(Consumer<Session> action) {
    opening = action;
    return this;
  }

  /** After so many messages were echoed; zero means on open. */
  Echo after(int messages, Consumer<Session> action) {
    remaining = messages;
    ending = action;
    return this;
  }

  /** Does this with the client's close frame instead of answering it. */
  Echo closing(BiConsumer<Session, byte[]> action) {
    closing = action;
    return this;
  }

  @Override
  public void onClose(Session session, byte[] payload) {
    closing.accept(session, payload);
  }

  @Override
  public void onOpen(Session session) {
    if (ping) {
      session.send(Frame.of(Frame.PING, "peer".getBytes(StandardCharsets.UTF_8)));
    }
    opening.accept(session);
    if (remaining == 0) {
      end(session);
    }
  }

  @Override
  public void onMessage(Session session, Message message) {
    if (remaining == 0) {
      return;
    }
    Duration wait = delay;
    if (!jitter.isZero()) {
      wait = wait.plusNanos(ThreadLocalRandom.current().nextLong(jitter.toNanos()));
    }
    session.inOrder(wait, () -> session.send(message.prefixed(prefix), fragment));
    if (remaining > 0 && --remaining == 0) {
      session.inOrder(Duration.ZERO, () -> end(session));
    }
  }

  private void end(Session session) {
    remaining = NEVER;
    ending.accept(session);
  }
}
