package dev.echosounder.peer.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before one WebSocket server and passes everything on, byte for byte, but for the faults
 * that it is told to inject, on which it keeps a {@link FaultLedger}. Speaks plain {@code ws} to
 * both sides. One thread, a daemon, serves thousands of connections; all methods may be called from
 * any thread.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);

  /** How long it accepts nothing when it can't. */
  private static final Duration BREATH = Duration.ofMillis(200);

  private static final int BACKLOG = 4_096;
  private static final long ANSWER_WITHIN_SECONDS = 10;

  private final Loop loop = new Loop();
  private final Book book = new Book();
  private final InetSocketAddress upstream;
  private final String authority;
  private final String host;
  private final ServerSocketChannel server;
  private final int port;

  private FaultProxy(URI upstream, String host, int port) throws IOException {
    this.authority = upstream.getAuthority();
    this.host = host;
    this.upstream =
        new InetSocketAddress(upstream.getHost(), upstream.getPort() < 0 ? 80 : upstream.getPort());
    if (this.upstream.isUnresolved()) {
      throw new IOException("the name " + upstream.getHost() + " does not resolve");
    }
    server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(new InetSocketAddress(host, port), BACKLOG);
    server.configureBlocking(false);
    this.port = ((InetSocketAddress) server.getLocalAddress()).getPort();
    loop.execute(() -> loop.register(server, SelectionKey.OP_ACCEPT, this::accept));
  }

  /**
   * Starts on loopback, on a free port.
   *
   * @param upstream the server: {@code ws://host:port}; the path does not matter
   * @throws IllegalArgumentException if it is no {@code ws} URI with a host
   * @throws IllegalStateException if it cannot listen, or the server's name does not resolve
   */
  public static FaultProxy start(URI upstream) {
    return start(upstream, "127.0.0.1", 0);
  }

  /** As {@link #start(URI)}, listening at this address and port; 0 is a free one. */
  public static FaultProxy start(URI upstream, String host, int port) {
    if (!"ws".equalsIgnoreCase(upstream.getScheme()) || upstream.getHost() == null) {
      throw new IllegalArgumentException(
          "expected a server such as ws://localhost:8080, got \"" + upstream + "\"");
    }
    try {
      return new FaultProxy(upstream, host, port);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot stand at %s:%d before %s".formatted(host, port, upstream), e);
    }
  }

  /** Where clients connect to. */
  public int port() {
    return port;
  }

  /** The {@code ws} URI of a path and query through this proxy; percent-encoded already. */
  public URI uri(String pathAndQuery) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("ws://" + name + ":" + port + pathAndQuery);
  }

  /** Adds a fault to those in force, or does at once what it says. In force when this returns. */
  public void apply(Fault fault) {
    ask(
        () -> {
          book.apply(fault);
          return fault;
        });
  }

  /** What it did so far. */
  public FaultLedger ledger() {
    return ask(book::ledger);
  }

  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(() -> answer.complete(question.get()));
    return answer.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
  }

  /** On the loop's thread. */
  private void accept() {
    try {
      SocketChannel near;
      while ((near = server.accept()) != null) {
        near.configureBlocking(false);
        near.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (book.faults().refuses()) {
          near.setOption(StandardSocketOptions.SO_LINGER, 0);
          near.close();
          book.refused();
        } else {
          dial(near);
        }
      }
    } catch (IOException e) {
      pause(e);
    }
  }

  /** No file descriptor is left, say: those that wait go on waiting, and so does the loop. */
  private void pause(IOException why) {
    LOG.warn("accepts nothing for {} ms: {}", BREATH.toMillis(), why.getMessage());
    SelectionKey key = loop.key(server);
    key.interestOps(0);
    loop.after(BREATH, () -> key.interestOps(SelectionKey.OP_ACCEPT));
  }

  private void dial(SocketChannel near) throws IOException {
    SocketChannel far;
    try {
      far = SocketChannel.open();
    } catch (IOException e) {
      near.close();
      throw e;
    }
    far.configureBlocking(false);
    far.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean pending = !far.connect(upstream);
    Relay relay = new Relay(loop, book, authority, near, far, pending);
    book.accepted(relay);
    if (!pending) {
      relay.begin();
    }
  }

  /** Cuts every connection and frees every socket, the port and the thread. */
  @Override
  public void close() {
    loop.close();
  }
}
