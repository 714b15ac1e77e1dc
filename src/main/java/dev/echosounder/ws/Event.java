package dev.echosounder.ws;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a connection. Immutable. Stamped in nanoseconds of the client's
 * monotonic clock, inside the I/O callback that saw it. Every start has its end: the matching
 * event, {@link Refused} or {@link Unauthorized}.
 */
public sealed interface Event {
  /** When, in nanoseconds of the client's monotonic clock. */
  long nanos();

  /** The host's name is looked up. */
  record Resolving(long nanos, String host) implements Event {}

  /** The look-up gave these addresses, in the order in which they will be tried. */
  record Resolved(long nanos, List<InetSocketAddress> addresses) implements Event {}

  /** TCP's handshake with an address begins; several can be under way (RFC 8305 §5). */
  record Connecting(long nanos, SocketAddress remote) implements Event {}

  /** TCP's handshake with the first address that answered is done. */
  record Connected(long nanos, SocketAddress local, SocketAddress remote) implements Event {}

  /** TCP's handshake with this address failed, or was given up as another had answered. */
  record NotConnected(long nanos, SocketAddress remote, String detail) implements Event {}

  /** A proxy, to which TCP is connected, is asked for a tunnel to {@code server}. */
  record Tunnelling(long nanos, String proxy, String server) implements Event {}

  /** The proxy has opened the tunnel: what follows is between us and the server. */
  record Tunnelled(long nanos, String answer) implements Event {}

  /** The TLS handshake begins. */
  record TlsStarted(long nanos) implements Event {}

  /**
   * The TLS handshake is done.
   *
   * @param protocol the version agreed on: {@code TLSv1.3}
   * @param cipher the cipher suite agreed on, by its registered name
   * @param chain what the peer sent, its own certificate first; empty if none
   */
  record TlsDone(long nanos, String protocol, String cipher, List<PeerCertificate> chain)
      implements Event {
    public TlsDone {
      chain = List.copyOf(chain);
    }

    /** When the first of the chain expires, whichever it is: then nobody trusts it any more. */
    public @Nullable Instant notAfter() {
      return chain.stream()
          .map(PeerCertificate::notAfter)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /** The upgrade request (RFC 6455 §4.1) is sent. */
  record Upgrading(long nanos, String requestLine, List<Header> headers) implements Event {}

  /**
   * The server agreed to the upgrade (RFC 6455 §4.2.2): the connection is open.
   *
   * @param subprotocol what the server chose; null if none
   * @param extensions what the server chose, with parameters, in order
   */
  record Upgraded(
      long nanos,
      int status,
      List<Header> headers,
      @Nullable String subprotocol,
      List<String> extensions)
      implements Event, Opening {
    /** The first value of the header called {@code name}, whose case does not matter. */
    public Optional<String> header(String name) {
      return Header.first(headers, name);
    }
  }

  /**
   * The upgrade was refused with 401 for credentials that had served before, such as an access
   * token that was revoked: the same connection is tried once more with new ones.
   */
  record Unauthorized(long nanos, ConnectFailure refusal) implements Event {}

  /** The server redirected, and that is followed: another attempt begins, with its own events. */
  record Redirected(long nanos, int status, URI from, URI to) implements Event {}

  /** The attempt failed: the last event of a connection that did not open. */
  record Refused(long nanos, ConnectFailure failure) implements Event {}

  /** A frame is handed to the socket. */
  record Sent(long nanos, Frame frame) implements Event {}

  /** Bytes of the caller's own are handed to the socket, whether they are frames or not. */
  record SentRaw(long nanos, Bytes bytes) implements Event {}

  /** We end our direction of TCP ourselves. */
  record SentFin(long nanos) implements Event {}

  /** A frame has arrived whole. */
  record Received(long nanos, Frame frame) implements Event {}

  /** The connection is over: the last event of a connection that opened. */
  record Ended(long nanos, Ending ending) implements Event {}
}
