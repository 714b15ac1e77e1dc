package dev.echosounder.ws;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks names up, on threads of its own: the JDK's look-up blocks for as long as the system's
 * resolver pleases, and may not hold up the I/O threads. A literal address needs no look-up.
 */
final class Resolver implements SocketAddressResolver, AutoCloseable {
  /** So many look-ups can hang before the next one waits: a hung resolver answers after ~10 s. */
  private static final int MOST_THREADS = 64;

  private final TlsContexts tlsContexts;
  private final ThreadPoolExecutor executor;

  Resolver(TlsContexts tlsContexts) {
    this.tlsContexts = tlsContexts;
    executor =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "echosounder-dns");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public void resolve(
      String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> result) {
    Attempt attempt = Dialer.attempt(context);
    try {
      if (attempt.connection().target().uri().getScheme().equalsIgnoreCase("wss")) {
        context.put(
            ClientConnector.SSL_CONTEXT_FACTORY_CONTEXT_KEY,
            tlsContexts.get(attempt.connection().target().tls()));
      }
    } catch (IllegalArgumentException e) {
      result.failed(e);
      return;
    }
    if (isLiteral(host)) {
      lookUp(host, port, attempt, false, result);
    } else {
      executor.execute(() -> lookUp(host, port, attempt, true, result));
    }
  }

  private static void lookUp(
      String host,
      int port,
      Attempt attempt,
      boolean named,
      Promise<List<InetSocketAddress>> result) {
    List<InetSocketAddress> addresses;
    try {
      if (named) {
        attempt.onResolving(host);
      }
      addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(address -> new InetSocketAddress(address, port))
              .toList();
      if (named) {
        attempt.onResolved(addresses);
      }
    } catch (UnknownHostException e) {
      result.failed(e);
      return;
    }
    Guard guard = attempt.connection().target().guard();
    List<InetSocketAddress> allowed = addresses.stream().filter(guard::allows).toList();
    if (allowed.isEmpty()) {
      attempt.onBlocked(host, addresses);
      result.failed(new UnknownHostException(host));
    } else {
      result.succeeded(allowed);
    }
  }

  /** Whether it is an address, not a name: then the JDK answers from the text alone. */
  static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
