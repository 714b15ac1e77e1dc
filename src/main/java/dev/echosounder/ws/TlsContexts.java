package dev.echosounder.ws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TLS context for equal options, made when first needed: making one costs a plain start.
 * Thread-safe. Files are read, and looked at, on threads of its own: a disk may hang for ever, and
 * holds up those only who need this very file.
 */
final class TlsContexts implements AutoCloseable {
  /** Each holds a trust store; a thousand targets with options of their own are still served. */
  static final int MOST = 64;

  private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

  /**
   * A context and what its files were when it was made: certificates are renewed while a daemon
   * runs for months.
   */
  private record Made(SslContextFactory.Client context, List<String> stamps) {}

  /**
   * What a context is made for.
   *
   * @param another not the target itself but a server on the way to it, or one that is asked first
   */
  private record Wanted(Tls tls, boolean another) {}

  private final CertificateRequests requests = new CertificateRequests();
  private final ExecutorService threads = BlockingThreads.of("echosounder-tls", MOST);
  private final TlsReader reader;

  /** Guarded by this; least recently used first. */
  private final Map<Wanted, CompletableFuture<Made>> contexts =
      new LinkedHashMap<>(16, 0.75f, true);

  TlsContexts() {
    this(InstantSource.system());
  }

  TlsContexts(InstantSource time) {
    reader = new TlsReader(requests, time);
  }

  /**
   * The started context for these options. Returns at once; never completes if a disk hangs.
   *
   * @return fails with an {@link IllegalArgumentException} if a file of theirs can't be used, which
   *     says which and why
   */
  CompletableFuture<SslContextFactory.Client> get(Tls tls) {
    return get(new Wanted(tls, false));
  }

  /**
   * The started context for a server that is not the target with these options: one that gives
   * tokens, or a proxy. It is trusted if the JDK or the target's CA file says so; it gets no
   * certificate of ours, and is verified even if the target is not: secrets go there.
   *
   * @return as for {@link #get(Tls)}
   */
  CompletableFuture<SslContextFactory.Client> ofAnother(Tls tls) {
    Path ca = tls.ca();
    return get(new Wanted(ca == null ? Tls.DEFAULT : Tls.DEFAULT.withCa(ca), ca != null));
  }

  private CompletableFuture<SslContextFactory.Client> get(Wanted wanted) {
    return current(wanted).thenApply(Made::context);
  }

  /** Whoever comes while it is being made or looked at waits for the same. */
  private synchronized CompletableFuture<Made> current(Wanted wanted) {
    CompletableFuture<Made> known = contexts.get(wanted);
    if (known != null && (!known.isDone() || (made(known) != null && noFiles(wanted)))) {
      return known;
    }
    Made before = made(known);
    CompletableFuture<Made> next =
        CompletableFuture.supplyAsync(() -> upToDate(wanted, before), threads);
    contexts.put(wanted, next);
    forget();
    return next;
  }

  private static boolean noFiles(Wanted wanted) {
    return wanted.tls().files().isEmpty();
  }

  /** Null if it isn't there, or isn't yet. */
  private static @Nullable Made made(@Nullable CompletableFuture<Made> known) {
    return known == null || !known.isDone() || known.isCompletedExceptionally()
        ? null
        : known.join();
  }

  /** One that hangs is kept: it would be begun again, and take another thread, at every check. */
  private void forget() {
    Iterator<CompletableFuture<Made>> eldest = contexts.values().iterator();
    while (contexts.size() > MOST && eldest.hasNext()) {
      if (eldest.next().isDone()) {
        eldest.remove();
      }
    }
  }

  private Made upToDate(Wanted wanted, @Nullable Made before) {
    List<String> stamps = wanted.tls().files().stream().map(TlsContexts::stamp).toList();
    if (before == null) {
      return new Made(reader.read(wanted.tls(), wanted.another()), stamps);
    }
    return before.stamps().equals(stamps)
        ? before
        : new Made(remake(wanted, before.context()), stamps);
  }

  /** Files that can't be used, perhaps half written, are no reason to fail what worked so far. */
  private SslContextFactory.Client remake(Wanted wanted, SslContextFactory.Client before) {
    try {
      return reader.read(wanted.tls(), wanted.another());
    } catch (IllegalArgumentException e) {
      LOG.warn("TLS files have changed, and the old ones stay in use: {}", e.getMessage());
      return before;
    }
  }

  private static String stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
    } catch (IOException e) {
      return "unreadable";
    }
  }

  /** What the server of this handshake asked of us. */
  Optional<CertificateRequest> request(SSLEngine engine) {
    return requests.of(engine);
  }

  /** What stands in for a context where none is needed: it never loads a trust store. */
  static SslContextFactory.Client unloaded() {
    return new SslContextFactory.Client() {
      @Override
      protected void doStart() {}
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
