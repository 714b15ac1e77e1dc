package dev.echosounder.ws;

import static java.util.stream.Collectors.joining;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Looks names up, on threads of its own: the JDK's look-up blocks for as long as the system's
 * resolver pleases, and may not hold up the I/O threads. A literal address needs no look-up.
 */
final class Resolver implements SocketAddressResolver, AutoCloseable {
  /** So many look-ups can hang before the next one waits: a hung resolver answers after ~10 s. */
  private static final int MOST_THREADS = 64;

  private final TlsContexts tlsContexts;
  private final ExecutorService executor = BlockingThreads.of("echosounder-dns", MOST_THREADS);

  Resolver(TlsContexts tlsContexts) {
    this.tlsContexts = tlsContexts;
  }

  /** First the files that TLS needs, if any are needed, so that no phase's clock runs meanwhile. */
  @Override
  public void resolve(
      String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> result) {
    Attempt attempt = Dialer.attempt(context);
    Target target = attempt.target();
    Optional<String> refusal = Admission.refusal(target);
    if (refusal.isPresent()) {
      attempt.onBlocked(refusal.get());
      result.failed(new UnknownHostException(host));
      return;
    }
    if (!target.speaksTls()) {
      address(host, port, context, result);
      return;
    }
    attempt.enter(DialStage.TLS_FILES);
    var unused =
        prepareTls(target, context)
            .thenRun(
                () -> {
                  attempt.enter(DialStage.DNS);
                  address(host, port, context, result);
                })
            .exceptionally(
                thrown -> {
                  result.failed(thrown instanceof CompletionException ? thrown.getCause() : thrown);
                  return null;
                });
  }

  /** Puts what it will need into {@code context}. */
  private CompletableFuture<Void> prepareTls(Target target, Map<String, Object> context) {
    Proxy proxy = target.proxy();
    CompletableFuture<Void> proxys =
        proxy != null && proxy.kind() == Proxy.Kind.HTTPS
            ? put(Dialer.PROXYS_TLS, tlsContexts.ofAnother(target.tls()), context)
            : CompletableFuture.completedFuture(null);
    return target.uri().getScheme().equalsIgnoreCase("wss")
        ? proxys.thenCompose(
            none ->
                put(
                    ClientConnector.SSL_CONTEXT_FACTORY_CONTEXT_KEY,
                    tlsContexts.get(target.tls()),
                    context))
        : proxys;
  }

  private static CompletableFuture<Void> put(
      String key, CompletableFuture<SslContextFactory.Client> made, Map<String, Object> context) {
    return made.thenAccept(tls -> context.put(key, tls));
  }

  /** What is looked up is what is dialled: the proxy, where there is one. */
  private void address(
      String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> result) {
    Target target = Dialer.attempt(context).target();
    Proxy proxy = target.proxy();
    String dialled = proxy == null ? host : proxy.host();
    int at = proxy == null ? port : proxy.port();
    Optional<List<InetAddress>> fixed = target.route().fixed(dialled, at);
    if (target.route().unixSocket() != null) {
      result.succeeded(List.of(InetSocketAddress.createUnresolved(host, port)));
    } else if (fixed.isPresent() || isLiteral(dialled)) {
      find(dialled, at, fixed, context, result);
    } else {
      executor.execute(() -> find(dialled, at, fixed, context, result));
    }
  }

  private static void find(
      String host,
      int port,
      Optional<List<InetAddress>> fixed,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> result) {
    Attempt attempt = Dialer.attempt(context);
    List<InetSocketAddress> addresses;
    try {
      List<InetAddress> found = fixed.isPresent() ? fixed.get() : lookUp(host, port, attempt);
      addresses = at(port, ofFamily(host, attempt.target().route().family(), found));
    } catch (UnknownHostException e) {
      result.failed(e);
      return;
    }
    Guard guard = attempt.target().guard();
    List<InetSocketAddress> allowed = addresses.stream().filter(guard::allows).toList();
    if (allowed.isEmpty()) {
      String seen =
          addresses.stream().map(a -> a.getAddress().getHostAddress()).collect(joining(", "));
      attempt.onBlocked(host + " is " + seen + ", which may not be dialled");
      result.failed(new UnknownHostException(host));
    } else {
      context.put(Dialer.ADDRESSES, allowed);
      // The race dials the others: Jetty would, but only after the first has failed.
      result.succeeded(allowed.subList(0, 1));
    }
  }

  private static List<InetAddress> lookUp(String host, int port, Attempt attempt)
      throws UnknownHostException {
    if (isLiteral(host)) {
      return List.of(InetAddress.getAllByName(host));
    }
    attempt.onResolving(host);
    List<InetAddress> found = inTurns(List.of(InetAddress.getAllByName(host)));
    attempt.onResolved(at(port, found));
    return found;
  }

  private static List<InetSocketAddress> at(int port, List<InetAddress> addresses) {
    return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
  }

  private static List<InetAddress> ofFamily(
      String host, Route.Family family, List<InetAddress> found) throws UnknownHostException {
    List<InetAddress> fitting = found.stream().filter(family::has).toList();
    if (fitting.isEmpty()) {
      throw new UnknownHostException(
          "%s has no %s address; it is %s"
              .formatted(
                  host,
                  family,
                  found.stream().map(InetAddress::getHostAddress).collect(joining(", "))));
    }
    return fitting;
  }

  /** RFC 8305 §4: the families by turns, beginning with the first one's. */
  static List<InetAddress> inTurns(List<InetAddress> found) {
    Class<?> first = found.get(0).getClass();
    Deque<InetAddress> ours = new ArrayDeque<>();
    Deque<InetAddress> others = new ArrayDeque<>();
    found.forEach(a -> (a.getClass() == first ? ours : others).add(a));
    List<InetAddress> mixed = new ArrayList<>(found.size());
    while (!ours.isEmpty() || !others.isEmpty()) {
      Stream.of(ours.poll(), others.poll()).filter(Objects::nonNull).forEach(mixed::add);
    }
    return mixed;
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
