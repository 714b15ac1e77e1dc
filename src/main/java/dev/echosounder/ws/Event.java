package dev.echosounder.ws;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a connection. Immutable. Stamped in nanoseconds of the client's
 * monotonic clock, inside the I/O callback that saw it. Every start has its end: the matching
 * event, or {@link Refused}.
 */
public sealed interface Event {
  /** When, in nanoseconds of the client's monotonic clock. */
  long nanos();

  /** The host's name is looked up. */
  record Resolving(long nanos, String host) implements Event {}

  /** The look-up gave these addresses, in the order in which they will be tried. */
  record Resolved(long nanos, List<InetSocketAddress> addresses) implements Event {}

  /** TCP's handshake begins. */
  record Connecting(long nanos, InetSocketAddress remote) implements Event {}

  /** TCP's handshake is done. */
  record Connected(long nanos, InetSocketAddress local, InetSocketAddress remote)
      implements Event {}

  /** TCP's handshake with this address failed; the next address, if any, is tried. */
  record NotConnected(long nanos, InetSocketAddress remote, String detail) implements Event {}

  /** The TLS handshake begins. */
  record TlsStarted(long nanos) implements Event {}

  /**
   * The TLS handshake is done.
   *
   * @param notAfter when the first certificate of the peer's chain expires; null if it sent none
   */
  record TlsDone(long nanos, String protocol, String cipher, @Nullable Instant notAfter)
      implements Event {}

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
