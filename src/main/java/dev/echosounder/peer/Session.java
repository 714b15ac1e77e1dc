package dev.echosounder.peer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection: frames in, messages to the script, and the script's means of behaving
 * well or badly. Everything runs in the link's serial order.
 */
final class Session implements Link.Receiver, FrameReader.Sink {
  static final long MESSAGE_LIMIT = 64L * 1024 * 1024;
  private static final int NO_STATUS = 1005;
  private static final Duration CLOSE_ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Link link;
  private final Script script;
  private final Tally tally;
  private final @Nullable Deflation deflation;
  private final FrameReader reader;
  private final Assembler assembler;
  private final Line line;
  private boolean closeSent;
  private boolean closeReceived;
  private boolean released;
  private Tally.@Nullable End end;

  Session(Link link, Script script, Tally tally, @Nullable Deflation deflation) {
    this.link = link;
    this.script = script;
    this.tally = tally;
    this.deflation = deflation;
    this.reader = new FrameReader(this, MESSAGE_LIMIT, deflation != null);
    this.line = new Line(link);
    this.assembler = new Assembler(deflation, MESSAGE_LIMIT);
  }

  void open() {
    tally.upgraded();
    link.keepOpen();
    link.receiver(this);
    script.onOpen(this);
  }

  Link link() {
    return link;
  }

  boolean compresses() {
    return deflation != null;
  }

  @Override
  public void received(ByteBuffer bytes) {
    reader.read(bytes);
  }

  @Override
  public void frame(Frame frame) {
    script.onActivity(this);
    if (closeReceived) {
      return;
    }
    switch (frame.opcode()) {
      case Frame.PING -> script.onPing(this, frame.payload());
      case Frame.PONG -> {}
      case Frame.CLOSE -> closeFrame(frame.payload());
      default -> dataFrame(frame);
    }
  }

  private void dataFrame(Frame frame) {
    if (closeSent || script.onDataFrame(this, frame)) {
      return;
    }
    try {
      Assembler.Result result = assembler.add(frame);
      if (result instanceof Assembler.Complete complete) {
        tally.received(complete.message());
        script.onMessage(this, complete.message());
      } else if (result instanceof Assembler.Violation violation) {
        violation(violation.code(), violation.reason());
      }
    } catch (DataFormatException e) {
      violation(1007, "not deflated data");
    }
  }

  private void closeFrame(byte[] payload) {
    closeReceived = true;
    if (!Assembler.validClose(payload)) {
      violation(1002, "invalid close frame");
      return;
    }
    if (end == null) {
      tally.closedByClient(
          payload.length < 2 ? NO_STATUS : ByteBuffer.wrap(payload).getShort() & 0xFFFF);
    }
    ending(Tally.End.BY_CLIENT);
    script.onClose(this, payload);
  }

  @Override
  public void violation(int code, String reason) {
    reader.stop();
    close(code, reason);
    // RFC 6455 §7.1.7: the connection failed, so no answer is waited for.
    link.fin();
  }

  /** Completes the close handshake by echoing the client's close frame, then FIN. */
  void answerClose(byte[] payload) {
    answerCloseOnly(payload);
    link.fin();
  }

  /** Completes the close handshake but leaves TCP open. */
  void answerCloseOnly(byte[] payload) {
    if (!closeSent) {
      closeSent = true;
      send(Frame.of(Frame.CLOSE, Arrays.copyOf(payload, Math.min(2, payload.length))));
    }
  }

  /** Starts a close handshake; a client that does not answer within 10 s gets a FIN. */
  void close(int code, String reason) {
    if (!closeSent) {
      sendClose(code, reason);
      link.unlessClosed(CLOSE_ANSWER_WITHIN, link::fin);
    }
  }

  /** Only the frame; when TCP ends is up to the script. */
  void sendClose(int code, String reason) {
    closeSent = true;
    ending(Tally.End.BY_PEER);
    send(Frame.close(code, reason));
  }

  void send(Frame frame) {
    link.send(frame.bytes());
  }

  void send(Message message) {
    send(message, Integer.MAX_VALUE);
  }

  /** Sends a message in fragments of so many payload bytes (RFC 6455 §5.4). */
  void send(Message message, int fragment) {
    if (closeSent || released) {
      return;
    }
    tally.sent(message);
    byte[] payload = message.payload();
    int rsv = 0;
    if (deflation != null && payload.length > 0) {
      payload = deflation.compress(payload);
      rsv = Frame.RSV1;
    }
    int from = 0;
    do {
      int to = (int) Math.min(payload.length, (long) from + fragment);
      boolean first = from == 0;
      send(
          new Frame(
              to == payload.length,
              first ? rsv : 0,
              first ? message.opcode() : Frame.CONTINUATION,
              Arrays.copyOfRange(payload, from, to)));
      from = to;
    } while (from < payload.length);
  }

  /** Runs after the delay, but never before what was put in order earlier. */
  void inOrder(Duration delay, Runnable task) {
    if (!line.add(delay, task)) {
      reset();
    }
  }

  /** Sends bytes as they are, and nothing else ever after, not even a close frame. */
  void lastWords(byte[] bytes, int length) {
    link.send(Arrays.copyOf(bytes, length));
    closeSent = true;
  }

  void fin() {
    ending(Tally.End.FIN);
    link.fin();
  }

  void reset() {
    ending(Tally.End.RESET);
    link.reset();
  }

  /** Reset, whatever is still queued. */
  void abort() {
    ending(Tally.End.RESET);
    link.resetNow();
  }

  @Override
  public void goingAway() {
    if (closeSent) {
      link.fin();
    } else {
      close(1001, "peer stops");
    }
  }

  @Override
  public void ended(boolean reset) {
    ending(reset ? Tally.End.RESET : Tally.End.FIN);
    if (!released) {
      released = true;
      tally.released();
      script.onEnd(this);
      if (deflation != null) {
        deflation.close();
      }
    }
  }

  private void ending(Tally.End how) {
    if (end == null) {
      end = how;
      tally.ended(how);
    }
  }
}
