package dev.echosounder.ws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/** Opens sockets for attempts, and tells each attempt what happens to its own. */
final class Dialer extends ClientConnector {
  /** The channel that {@link #connect} makes on this thread belongs to this attempt. */
  private static final ThreadLocal<@Nullable Attempt> DIALING = new ThreadLocal<>();

  /** The attempt that this context was made for: it is the tag of its destination. */
  static Attempt attempt(Map<String, Object> context) {
    Object destination = Objects.requireNonNull(context.get(Destination.CONTEXT_KEY));
    return (Attempt) ((Destination) destination).getOrigin().getTag();
  }

  @Override
  public void connect(SocketAddress address, Map<String, Object> context) {
    Attempt attempt = attempt(context);
    attempt.onConnecting((InetSocketAddress) address);
    DIALING.set(attempt);
    try {
      super.connect(address, context);
    } finally {
      DIALING.remove();
    }
  }

  @Override
  protected void configure(SelectableChannel channel) throws IOException {
    super.configure(channel);
    Attempt attempt = DIALING.get();
    if (attempt != null) {
      attempt.onChannel(channel);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    Attempt attempt = attempt((Map<String, Object>) key.attachment());
    return new WireEndPoint(
        (SocketChannel) channel, selector, key, getScheduler(), attempt.connection());
  }

  @Override
  protected Connection newConnection(EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    Attempt attempt = attempt(context);
    attempt.onConnected(endPoint);
    Connection connection = super.newConnection(endPoint, context);
    if (connection instanceof SslConnection ssl) {
      attempt.onTlsStarted(ssl);
    }
    return connection;
  }

  @Override
  protected void connectFailed(
      @Nullable SelectableChannel channel,
      SocketAddress address,
      Throwable failure,
      Map<String, Object> context) {
    attempt(context).onNotConnected((InetSocketAddress) address, failure);
    super.connectFailed(channel, address, failure, context);
  }
}
