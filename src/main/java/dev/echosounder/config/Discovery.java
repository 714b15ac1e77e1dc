package dev.echosounder.config;

import dev.echosounder.check.Timer;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Keeps asking every discovery of a configuration, until closed. Thread-safe. */
public final class Discovery implements AutoCloseable {
  /** Hears what was discovered, on threads of the executor or of the HTTP client. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called for a discovery's first answer, then whenever its targets or its problems changed;
     * never twice at a time for one discovery.
     */
    void changed(String discovery, Discovered now);
  }

  private final Timer timer;
  private final Executor blocking;
  private final Listener listener;
  private final List<Loop> loops = new ArrayList<>();

  private Discovery(Timer timer, Executor blocking, Listener listener) {
    this.timer = timer;
    this.blocking = blocking;
    this.listener = listener;
  }

  /**
   * Starts at once.
   *
   * @param timer when to look again
   * @param blocking reads files; must not be the timer's thread
   */
  public static Discovery start(
      List<Config.Discovery> configured, Timer timer, Executor blocking, Listener listener) {
    Discovery discovery = new Discovery(timer, blocking, listener);
    for (Config.Discovery one : configured) {
      discovery.loops.add(discovery.new Loop(one, source(one)));
    }
    discovery.loops.forEach(Loop::refresh);
    return discovery;
  }

  private static Source source(Config.Discovery configured) {
    TargetGroups groups = new TargetGroups(configured.name(), configured.template());
    if (configured.source() instanceof Config.Files files) {
      return new FileSource(files.patterns(), groups);
    }
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    return new HttpSource((Config.Http) configured.source(), groups, client);
  }

  /** No refresh starts any more; the listener may be called by one that is under way. */
  @Override
  public void close() {
    loops.forEach(Loop::close);
  }

  /** One discovery: the next refresh is planned when one has ended, so they never overlap. */
  private final class Loop {
    private final Config.Discovery configured;
    private final Source source;

    /** Written by one refresh after the other; the futures between them order the writes. */
    private Discovered last = Discovered.NOTHING;

    private boolean first = true;

    /** Guarded by this, as is {@code planned}: closing races with planning. */
    private boolean closed;

    private Runnable planned = () -> {};

    Loop(Config.Discovery configured, Source source) {
      this.configured = configured;
      this.source = source;
    }

    void refresh() {
      blocking.execute(() -> source.refresh().thenAccept(this::ended));
    }

    private void ended(Discovered now) {
      boolean news = first || !now.equals(last);
      first = false;
      last = now;
      try {
        if (news) {
          listener.changed(configured.name(), now);
        }
      } finally {
        // Last: until then no other refresh of this discovery can begin.
        plan();
      }
    }

    private synchronized void plan() {
      if (!closed) {
        planned = timer.after(configured.refresh(), this::refresh);
      }
    }

    synchronized void close() {
      closed = true;
      planned.run();
    }
  }
}
