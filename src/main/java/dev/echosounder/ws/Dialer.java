package dev.echosounder.ws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Opens sockets for attempts, and tells each attempt what happens to its own. */
final class Dialer extends ClientConnector {
  /** The context's key of the addresses that may be dialled, in this order. */
  static final String ADDRESSES = Dialer.class.getName() + ".addresses";

  /** The context's key of the TLS context for a proxy. */
  static final String PROXYS_TLS = Dialer.class.getName() + ".proxys-tls";

  private static final String LEG = Race.Leg.class.getName();

  /** The channel that {@link #connect} makes on this thread belongs to this leg. */
  private static final ThreadLocal<Race.@Nullable Leg> DIALING = new ThreadLocal<>();

  /** The attempt that this context was made for: it is the tag of its destination. */
  static Attempt attempt(Map<String, Object> context) {
    Object destination = Objects.requireNonNull(context.get(Destination.CONTEXT_KEY));
    return (Attempt) ((Destination) destination).getOrigin().getTag();
  }

  /** Jetty has the first address only; the race has all of them. */
  @Override
  @SuppressWarnings("unchecked")
  public void connect(SocketAddress address, Map<String, Object> context) {
    Attempt attempt = attempt(context);
    Path socket = attempt.target().route().unixSocket();
    List<? extends SocketAddress> all = (List<InetSocketAddress>) context.remove(ADDRESSES);
    if (socket != null) {
      context.put(Transport.CONTEXT_KEY, new Transport.TCPUnix(socket));
      all = List.of(UnixDomainSocketAddress.of(socket));
    }
    boolean alone = Objects.requireNonNull(all).size() == 1;
    Race race =
        new Race(
            attempt, all, leg -> dial(leg, alone ? context : new ConcurrentHashMap<>(context)));
    attempt.onRace(race);
    race.next();
  }

  private void dial(Race.Leg leg, Map<String, Object> context) {
    context.put(LEG, leg);
    DIALING.set(leg);
    try {
      super.connect(leg.remote(), context);
    } finally {
      DIALING.remove();
    }
  }

  @Override
  protected void configure(SelectableChannel channel) throws IOException {
    super.configure(channel);
    Race.Leg leg = DIALING.get();
    if (leg != null) {
      leg.onChannel(channel);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  protected EndPoint newEndPoint(
      SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
    Attempt attempt = attempt((Map<String, Object>) key.attachment());
    return new WireEndPoint(
        (SocketChannel) channel,
        selector,
        key,
        getScheduler(),
        attempt.connection(),
        attempt.target().speaksTls());
  }

  @Override
  protected Connection newConnection(EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    Race.Leg leg = (Race.Leg) Objects.requireNonNull(context.get(LEG));
    leg.win();
    Attempt attempt = attempt(context);
    attempt.onConnected(endPoint, leg.remote());
    Proxy proxy = attempt.target().proxy();
    if (proxy != null && proxy.kind() == Proxy.Kind.HTTPS) {
      return toProxy(proxy, endPoint, context);
    }
    return proxy == null ? toServer(endPoint, context) : tunnel(endPoint, context);
  }

  /** TLS to the proxy, then the tunnel in it, and maybe TLS to the server in that. */
  private Connection toProxy(Proxy proxy, EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    meant(proxy.host(), proxy.port(), context);
    SslContextFactory.Client tls =
        (SslContextFactory.Client) Objects.requireNonNull(context.get(PROXYS_TLS));
    return new SslClientConnectionFactory(tls, getByteBufferPool(), getExecutor(), this::tunnel)
        .newConnection(endPoint, context);
  }

  private Connection tunnel(EndPoint endPoint, Map<String, Object> context) {
    return ProxyTunnel.through(endPoint, this, attempt(context), context, this::toServer);
  }

  /** TLS asks for and verifies this name, whatever was dialled. */
  private static void meant(String host, int port, Map<String, Object> context) {
    context.put(REMOTE_SOCKET_ADDRESS_CONTEXT_KEY, InetSocketAddress.createUnresolved(host, port));
  }

  private Connection toServer(EndPoint endPoint, Map<String, Object> context) throws IOException {
    Target target = attempt(context).target();
    if (target.proxy() != null || target.route().unixSocket() != null) {
      meant(Proxy.bareHost(target.uri().getHost()), Admission.port(target.uri()), context);
    }
    Connection connection = super.newConnection(endPoint, context);
    if (connection instanceof SslConnection ssl) {
      attempt(context).onTlsStarted(ssl);
    }
    return connection;
  }

  @Override
  protected void connectFailed(
      @Nullable SelectableChannel channel,
      SocketAddress address,
      Throwable failure,
      Map<String, Object> context) {
    Race.Leg leg = (Race.Leg) Objects.requireNonNull(context.get(LEG));
    if (leg.fail(failure)) {
      super.connectFailed(channel, address, failure, context);
    }
  }
}
