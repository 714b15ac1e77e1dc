package dev.echosounder.scenario;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a test that is written in Java. Every call blocks, at most until its deadline,
 * and fails with an {@link AssertionError} that says what was expected and seen, and tells the
 * timeline. For one thread at a time.
 */
public final class TestConnection {
  private final World world;
  private final Conversation in;
  private final @Nullable Duration limit;

  TestConnection(World world, Conversation in, @Nullable Duration limit) {
    this.world = world;
    this.in = in;
    this.limit = limit;
  }

  /** The same connection, whose calls have this long instead of the client's deadline. */
  public TestConnection within(Duration time) {
    return new TestConnection(world, in, time);
  }

  /** Its name in messages. */
  public String name() {
    return in.who();
  }

  /** The connection itself: its timeline, and everything that does not block. */
  public Connection connection() {
    return in.connection();
  }

  /** What is expected of it. */
  public Expectations expect() {
    return new Expectations(this);
  }

  /** Sends a text message, which may be empty, as one frame. */
  public TestConnection send(String text) {
    return send(Payload.text(text));
  }

  /** Sends a binary message, which may be empty, as one frame. */
  public TestConnection send(byte[] bytes) {
    return send(Payload.binary(Bytes.of(bytes)));
  }

  private TestConnection send(Payload payload) {
    run(Blocking.step(() -> in.send(payload)));
    return this;
  }

  /** Takes the next message, which must be a text. */
  public String receiveText() {
    Message next = run(() -> new Reception(in).next(Wanted.anyText()));
    return ((Message.Text) next).text();
  }

  /** Takes the next message, which must be binary. */
  public byte[] receiveBinary() {
    Message next = run(() -> new Reception(in).next(Wanted.anyBinary()));
    return ((Message.Binary) next).bytes().toArray();
  }

  /** Closes with 1000 and waits until the connection has ended. */
  public Ending close() {
    return close(CloseCode.NORMAL, "");
  }

  /**
   * Closes with this code and reason (RFC 6455 §7.1.2) and waits until the connection has ended.
   *
   * @throws IllegalArgumentException if the reason has more than 123 bytes
   */
  public Ending close(int code, String reason) {
    run(Blocking.step(() -> new CloseSteps().closeWith(in.who(), code, reason)));
    return in.ending().orElseThrow();
  }

  /** Runs a step on this connection. */
  <T> T run(World.Step<T> step) {
    Duration before = in.deadline();
    if (limit != null) {
      in.deadline(limit);
    }
    try {
      return Blocking.run(() -> world.during(step));
    } finally {
      in.deadline(before);
    }
  }

  Conversation conversation() {
    return in;
  }

  Duration deadline() {
    return limit == null ? in.deadline() : limit;
  }
}
