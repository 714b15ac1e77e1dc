package dev.echosounder.servers;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server inside this JVM: where it listens, and how to stop it. */
final class InProcess implements EchoServer {
  private final String name;
  private final URI uri;
  private final Runnable stop;
  private final AtomicBoolean closed = new AtomicBoolean();

  InProcess(String name, int port, Runnable stop) {
    this(name, port, "/echo", stop);
  }

  InProcess(String name, int port, String path, Runnable stop) {
    this.name = name;
    this.uri = Loopback.ws(port, path);
    this.stop = stop;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stop.run();
    }
  }
}
