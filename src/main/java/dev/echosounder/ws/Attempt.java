package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection: records what happens on the way and ends, exactly once, in an
 * {@link Opening}. Its callbacks come from the calling thread (request), a look-up thread (DNS),
 * the I/O threads (the rest) and the timer; {@link #over} arbitrates between them.
 */
final class Attempt extends CoreClientUpgradeRequest
    implements Response.HeadersListener, Response.ContentListener {

  private final Client client;
  private final Connection connection;
  private final Target target;

  /** The URLs that redirected on the way here, oldest first. */
  private final List<URI> before;

  private final boolean secure;
  private final FrameTap tap;
  private final @Nullable Fetched credentials;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Deadline deadline;
  private final Answer answer;

  /** The answer was an upgrade, by what we know; then {@link #over} is set. */
  private volatile boolean upgraded;

  private volatile DialStage stage = DialStage.DNS;
  private volatile @Nullable Race race;
  private volatile @Nullable SSLEngine engine;

  /** Of HTTP/2, once the server's SETTINGS have arrived. */
  private volatile @Nullable Destination destination;

  Attempt(Client client, Connection connection, Target target, List<URI> before, FrameTap tap) {
    super(client.core(target.http()), target.uri());
    this.client = client;
    this.connection = connection;
    this.target = target;
    this.before = List.copyOf(before);
    this.answer = new Answer(target);
    this.deadline = new Deadline(client);
    this.secure = target.uri().getScheme().equalsIgnoreCase("wss");
    this.tap = tap;
    this.credentials = Fetched.of(client, target);
    tag(this);
    AttemptEvents events = new AttemptEvents(this);
    listener(events);
    addListener(events);
    client.prepare(this, target);
  }

  Connection connection() {
    return connection;
  }

  /** What this attempt goes to: after a redirect another than the connection's. */
  Target target() {
    return target;
  }

  Client.Timer after(Duration delay, Runnable task) {
    return client.after(delay, task);
  }

  /** Starts; returns at once. */
  void begin() {
    Duration patience = target.timeouts().connect();
    deadline.start(patience, this::outOfTime);
    Fetched needed = credentials;
    if (needed == null) {
      dial();
      return;
    }
    stage = DialStage.AUTHORIZATION;
    // A little before our own deadline, which could not say what is wrong with the token server.
    needed.fetch(patience.multipliedBy(9).dividedBy(10), this::authorized);
  }

  private void authorized(@Nullable String header, @Nullable String why) {
    if (why != null) {
      fail(ConnectFailure.of(Cause.LOCAL_ERROR, why));
    } else if (!over.get()) {
      headers(fields -> fields.put("Authorization", header));
      stage = DialStage.DNS;
      dial();
    }
  }

  private void dial() {
    try {
      var unused =
          client
              .core(target.http())
              .connect(this)
              .whenComplete((session, failure) -> settled(failure));
    } catch (IOException e) {
      fail(ConnectFailure.of(Cause.LOCAL_ERROR, Failures.text(e)));
    }
  }

  private void settled(@Nullable Throwable failure) {
    Destination kept = destination;
    if (failure == null && kept != null) {
      // To remove an HTTP/2 destination is to close its connection.
      connection.ended().thenRun(() -> client.release(kept, this::abandon));
      return;
    }
    client.release(this);
    if (failure != null && upgraded && !connection.isOpen()) {
      // Jetty has found a fault in the answer that we had not: nobody else will end it.
      refused(failureOf(failure));
    } else if (failure != null) {
      fail(failureOf(failure));
    }
  }

  /** Closes every socket of its own. */
  private void abandon() {
    Race dialling = race;
    if (dialling != null) {
      dialling.abandon();
    }
  }

  /** Ends it, if nothing has ended it before; a redirect that is followed begins another. */
  void fail(ConnectFailure failure) {
    if (over.compareAndSet(false, true)) {
      refused(failure);
    }
  }

  private void refused(ConnectFailure failure) {
    deadline.cancel();
    abandon();
    handleException(new IOException(failure.detail()));
    boolean outdated = credentials != null && credentials.isOutdated(failure);
    connection.attempts().failed(failure, outdated, target, before);
  }

  /** Fails by the stage in which it stands; {@code when} ends the sentence. */
  void outOfTime(String when) {
    fail(answer.begun() ? answer.refusal(null) : Blame.late(stage, target, when));
  }

  private ConnectFailure failureOf(Throwable thrown) {
    if (thrown instanceof Fault fault) {
      return fault.failure();
    }
    if (answer.begun()) {
      return answer.refusal(thrown);
    } else if (http2() && stage == DialStage.UPGRADE && Failures.cause(thrown).isEmpty()) {
      return Refusal.overHttp2(thrown, destination != null, connection);
    }
    return Blame.of(thrown, stage, target, connection.machine().howCut(), request())
        .orElseGet(() -> answer.refusal(thrown));
  }

  private @Nullable CertificateRequest request() {
    SSLEngine used = engine;
    return used == null ? null : client.tlsContexts().request(used).orElse(null);
  }

  private void enterUpgrade() {
    stage = DialStage.UPGRADE;
    Duration patience = target.timeouts().upgrade();
    deadline.start(patience, this::outOfTime);
    if (over.get()) {
      deadline.cancel();
    }
  }

  @Override
  public FrameHandler getFrameHandler() {
    return tap;
  }

  void enter(DialStage next) {
    stage = next;
  }

  void onResolving(String host) {
    connection.record(new Event.Resolving(connection.now(), host));
  }

  void onResolved(List<InetSocketAddress> addresses) {
    connection.record(new Event.Resolved(connection.now(), addresses));
  }

  void onBlocked(String why) {
    fail(ConnectFailure.of(Cause.BLOCKED, why));
  }

  void onRace(Race begun) {
    race = begun;
    if (over.get()) {
      // The deadline passed between the look-up and this: fail() had no race to abandon.
      begun.abandon();
    }
  }

  void onConnecting(SocketAddress remote) {
    stage = DialStage.TCP;
    connection.record(new Event.Connecting(connection.now(), remote));
  }

  void onNotConnected(SocketAddress remote, String detail) {
    if (!over.get()) {
      connection.record(new Event.NotConnected(connection.now(), remote, detail));
    }
  }

  void onConnected(EndPoint endPoint, SocketAddress remote) {
    connection.record(
        new Event.Connected(connection.now(), endPoint.getLocalSocketAddress(), remote));
    if (!secure && target.proxy() == null) {
      enterUpgrade();
    }
  }

  void onTunnelling(String server) {
    stage = DialStage.TUNNEL;
    String proxy = String.valueOf(target.proxy());
    connection.record(new Event.Tunnelling(connection.now(), proxy, server));
  }

  void onTunnelled(String answer) {
    connection.record(new Event.Tunnelled(connection.now(), answer));
    if (!secure) {
      enterUpgrade();
    }
  }

  void onTlsStarted(SslConnection ssl) {
    stage = DialStage.TLS;
    engine = ssl.getSSLEngine();
    ssl.addHandshakeListener(new AttemptEvents(this));
    connection.record(new Event.TlsStarted(connection.now()));
  }

  /** The server's SETTINGS have arrived; do they allow the extended CONNECT (RFC 8441 §3)? */
  void onHttp2(Destination itsDestination, boolean connectAllowed) {
    destination = itsDestination;
    if (!connectAllowed) {
      fail(
          ConnectFailure.of(
              Cause.NOT_WEBSOCKET, "the server's HTTP/2 settings allow no WebSocket"));
    }
  }

  private boolean http2() {
    return target.http() == HttpVersion.HTTP_2;
  }

  private void recordUpgrading() {
    connection.record(
        new Event.Upgrading(
            connection.now(), target.http().requestLine(getURI()), Refusal.headers(getHeaders())));
  }

  @Override
  public void onHeaders(Response response) {
    answer.head(response);
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    if (!answer.body(content)) {
      // The refusal is known: don't wait for an endless body.
      fail(answer.refusal(null));
    }
  }

  @Override
  public HttpUpgrader newHttpUpgrader(org.eclipse.jetty.http.HttpVersion version) {
    return new CheckedUpgrader(super.newHttpUpgrader(version), this, tap);
  }

  /** An answer that opens, if {@code fault} is null. */
  void onAnswer(Response response, @Nullable ConnectFailure fault) {
    answer.head(response);
    if (fault != null) {
      fail(fault);
    }
  }

  void onTlsDone(SSLEngine used) {
    connection.record(client.tlsFacts().of(used.getSession(), connection.now()));
    if (http2() && !"h2".equals(used.getApplicationProtocol())) {
      fail(
          ConnectFailure.of(
              Cause.TLS_HANDSHAKE, "the server did not choose h2 by ALPN (RFC 7301)"));
      return;
    }
    enterUpgrade();
    if (!http2()) {
      recordUpgrading();
    }
  }

  void onTlsFailed(Throwable thrown) {
    fail(TlsFailure.of(thrown, request()));
  }

  /**
   * The request is about to be written. HTTP/1.1 over TLS: the handshake's end, which comes later,
   * is the start. HTTP/2: it waits for the server's SETTINGS.
   */
  void onRequest() {
    if (!secure || http2()) {
      recordUpgrading();
    }
  }

  /** The server has answered, and opens the connection if the status says so. */
  void onHandshakeAnswer(Response response) {
    if (response.getStatus() != target.http().openingStatus()) {
      return;
    }
    if (!over.compareAndSet(false, true)) {
      throw new Fault(ConnectFailure.of(Cause.UPGRADE_TIMEOUT, "the answer came too late"));
    }
    upgraded = true;
    deadline.cancel();
    connection.onUpgraded(Refusal.upgraded(response, connection.now()));
  }
}
