package dev.echosounder.ws;

import jakarta.websocket.Session;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection, or the attempt at one. Thread-safe.
 *
 * <p>Sending stamps {@link Event.Sent} on the calling thread just before the bytes are written.
 */
public final class Connection {
  private final Client client;
  private final Target target;
  private final Listener listener;
  private final Timeline timeline;
  private final Tcp tcp = new Tcp(this);

  /** Of the latest attempt: what becomes of an earlier one's socket is no ending of this one. */
  private volatile EndingMachine machine = new EndingMachine();

  private final CompletableFuture<Opening> opened = new CompletableFuture<>();
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private final Attempts attempts;

  /** Set by the I/O thread when the upgrade is done, before {@link #outbound}. */
  private volatile @Nullable CoreSession core;

  /** Set by the I/O thread before {@link #opened} completes. */
  private volatile @Nullable Outbound outbound;

  /** Set by the I/O thread before {@link #outbound}. */
  private volatile Event.@Nullable Upgraded upgraded;

  /** Set together with {@link #core}. */
  private volatile @Nullable FrameTap tap;

  /** What our next close frame shall carry, whatever the library would put there. */
  private volatile @Nullable Bytes closePayload;

  /** Written and read by the I/O thread that delivers a message's last frame, then the message. */
  private volatile long lastDataNanos;

  /** When the last frame went either way; races between the two directions do not matter. */
  private volatile long lastFrameNanos;

  Connection(Client client, Target target, Listener listener, int frames) {
    this.client = client;
    this.target = target;
    this.listener = listener;
    this.timeline = new Timeline(frames, client.clock());
    this.attempts = new Attempts(client, this);
  }

  /** What it connects to. */
  public Target target() {
    return target;
  }

  /** What has happened so far. */
  public Timeline timeline() {
    return timeline;
  }

  /** Completes, never exceptionally, when it is open or has failed. */
  public CompletableFuture<Opening> opened() {
    return opened.copy();
  }

  /** Completes, never exceptionally, when it is over; never completes if it did not open. */
  public CompletableFuture<Ending> ended() {
    return ended.copy();
  }

  /** How it ended, if it opened and is over. */
  public Optional<Ending> ending() {
    return Optional.ofNullable(ended.getNow(null));
  }

  /**
   * Sends a text message, which may be empty, as one frame.
   *
   * @return completes when the bytes are with the kernel, exceptionally if that failed or the
   *     connection is not open
   */
  public CompletableFuture<Void> sendText(String text) {
    Outbound open = outbound;
    return open == null ? notOpen() : open.text(text);
  }

  /** Sends a binary message as one frame; see {@link #sendText}. */
  public CompletableFuture<Void> sendBinary(Bytes bytes) {
    Outbound open = outbound;
    return open == null ? notOpen() : open.binary(bytes);
  }

  /**
   * Sends one message as several frames (RFC 6455 §5.4); a text may be cut within a character.
   *
   * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}
   * @param fragments at least one
   */
  public CompletableFuture<Void> sendFragments(Opcode opcode, List<Bytes> fragments) {
    if (fragments.isEmpty() || (opcode != Opcode.TEXT && opcode != Opcode.BINARY)) {
      throw new IllegalArgumentException("expected a text or binary message of some fragments");
    }
    Outbound open = outbound;
    return open == null ? notOpen() : open.fragments(opcode, fragments);
  }

  /**
   * Sends one message of any length, fragment by fragment, each when the kernel has taken the one
   * before: only one is in memory at a time. Until it is sent no other text or binary message may
   * be, as fragments of two messages may not mix (RFC 6455 §5.4).
   *
   * @param opcode {@link Opcode#TEXT} or {@link Opcode#BINARY}
   * @param fragments at least one; asked for the next on the thread that completes the last write
   * @return as for {@link #sendText}
   */
  public CompletableFuture<Void> stream(Opcode opcode, Iterator<Bytes> fragments) {
    if (!fragments.hasNext() || (opcode != Opcode.TEXT && opcode != Opcode.BINARY)) {
      throw new IllegalArgumentException("expected a text or binary message of some fragments");
    }
    Outbound open = outbound;
    return open == null ? notOpen() : open.stream(opcode, fragments);
  }

  /**
   * Leads the next message that begins to {@code into}, piece by piece, instead of to the listener.
   * The message limit does not hold for it, nor is a text's UTF-8 checked. If the connection ends
   * first, or within the message, {@code into} hears nothing of that.
   *
   * @throws IllegalStateException if the connection never opened
   */
  public void receiveNext(Sink into) {
    FrameTap open = tap;
    if (open == null) {
      throw notOpenYet();
    }
    open.next(into);
  }

  /** Sends a ping (RFC 6455 §5.5.2) with up to 125 bytes of application data. */
  public CompletableFuture<Void> ping(Bytes data) {
    Outbound open = outbound;
    return open == null ? notOpen() : open.control(Opcode.PING, data);
  }

  /** Sends an unsolicited pong (RFC 6455 §5.5.3) with up to 125 bytes of application data. */
  public CompletableFuture<Void> pong(Bytes data) {
    Outbound open = outbound;
    return open == null ? notOpen() : open.control(Opcode.PONG, data);
  }

  /** What lies below the frames of this connection. */
  public Tcp tcp() {
    return tcp;
  }

  void after(Duration delay, Runnable task) {
    var unused = client.after(delay, task);
  }

  @Nullable Outbound outbound() {
    return outbound;
  }

  <T> CompletableFuture<T> notOpen() {
    return CompletableFuture.failedFuture(notOpenYet());
  }

  private IllegalStateException notOpenYet() {
    String state = opened.isDone() ? "failed to open" : "is not open yet";
    return new IllegalStateException("the connection to " + target.uri() + " " + state);
  }

  /**
   * Starts the closing handshake (RFC 6455 §7.1.2). If the peer does not answer within the target's
   * close timeout, TCP is cut; the ending is {@link Ending.Cause#CLOSED_BY_US} either way. Does
   * nothing if the connection is closing already.
   *
   * @param code any code that may stand in a close frame, or 1005 for a frame without one
   * @param reason at most 123 bytes of UTF-8
   * @return the ending; fails if the connection never opened
   * @throws IllegalArgumentException if the reason is too long
   */
  public CompletableFuture<Ending> close(int code, String reason) {
    Bytes payload = Outbound.closePayload(code, reason);
    Outbound open = outbound;
    if (open == null) {
      return notOpen();
    }
    tcp.resumeReading();
    if (machine.requestClose()) {
      closePayload = payload;
      Duration patience = target.timeouts().close();
      String late = "the peer did not answer our close frame within " + patience.toMillis() + " ms";
      Client.Timer timer = client.after(patience, () -> abort(Ending.Cause.CLOSED_BY_US, late));
      ended.thenRun(timer::cancel);
      open.close();
    }
    return ended();
  }

  /**
   * Cuts TCP without a closing handshake. Before it is open, the attempt is given up: for {@link
   * Ending.Cause#LIVENESS_TIMEOUT} as if the deadline of its stage had passed, else with {@link
   * ConnectFailure.Cause#LOCAL_ERROR}.
   */
  public void abort(Ending.Cause cause, String detail) {
    CoreSession open = core;
    if (open != null) {
      machine.abort(cause, detail);
      open.abort();
      return;
    }
    attempts.giveUp(cause == Ending.Cause.LIVENESS_TIMEOUT, detail);
  }

  boolean isOpen() {
    return outbound != null;
  }

  Attempts attempts() {
    return attempts;
  }

  /** Another socket is tried: what becomes of the one before is no ending of this connection. */
  void onNewSocket() {
    machine = new EndingMachine();
  }

  long now() {
    return client.clock().getAsLong();
  }

  @Nullable Bytes closePayload() {
    return closePayload;
  }

  void record(Event event) {
    if (timeline.add(event)) {
      listener.onEvent(this, event);
      client.witness().onEvent(this, event);
    }
  }

  void onSession(CoreSession coreSession, FrameTap itsTap) {
    tap = itsTap;
    core = coreSession;
  }

  /** The Jakarta session is open; its message handlers are set. */
  void onOpen(Session jakarta) {
    outbound = new Outbound(jakarta, Objects.requireNonNull(core));
    lastFrameNanos = now();
    listener.onOpen(this);
    attempts.done();
    opened.complete(Objects.requireNonNull(upgraded));
  }

  /** The attempt has failed. */
  void onOutcome(ConnectFailure failure) {
    attempts.done();
    opened.complete(failure);
  }

  void onUpgraded(Event.Upgraded event) {
    upgraded = event;
    record(event);
  }

  /** What is known of the end so far. */
  EndingMachine machine() {
    return machine;
  }

  /** Says good-bye if it is open, gives up if it is not. */
  void shutDown() {
    if (outbound != null) {
      close(CloseCode.GOING_AWAY, "client shuts down");
    } else {
      abort(Ending.Cause.LOCAL_ERROR, "the client is closed");
    }
  }

  /** Completes when nothing more will happen. */
  CompletableFuture<?> over() {
    return opened.thenCompose(
        o -> o instanceof ConnectFailure ? CompletableFuture.completedFuture(null) : ended);
  }

  void onSent(Frame frame) {
    long now = now();
    if (frame.opcode() == Opcode.CLOSE) {
      machine.sentClose(frame.closeCode());
    } else {
      lastFrameNanos = now;
    }
    record(new Event.Sent(now, frame));
  }

  void onReceived(Frame frame) {
    long now = now();
    if (frame.opcode() == Opcode.CLOSE) {
      machine.receivedClose(frame);
    } else {
      lastFrameNanos = now;
      lastDataNanos = now;
    }
    record(new Event.Received(now, frame));
  }

  /** When the last frame of the message that is being delivered came. */
  long dataNanos() {
    return lastDataNanos;
  }

  void onMessage(Message message) {
    listener.onMessage(this, message);
  }

  void onFailure(Throwable failure) {
    machine.failed(failure);
  }

  void onClosed() {
    Optional<Ending> first = machine.closed();
    if (first.isPresent()) {
      long now = now();
      Ending ending = Silence.attribute(first.get(), now - lastFrameNanos, target.idleLimit());
      record(new Event.Ended(now, ending));
      client.forget(this);
      ended.complete(Objects.requireNonNull(ending));
    }
  }

  @Override
  public String toString() {
    return "Connection[" + target.uri() + "]";
  }
}
