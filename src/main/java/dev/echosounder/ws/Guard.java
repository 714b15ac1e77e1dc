package dev.echosounder.ws;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Decides what may be reached. Of addresses it is asked once each, after the name is resolved and
 * with the very address that will be dialled, so neither a name that resolves to a private address
 * nor one that changes its mind (DNS rebinding) gets round it. Called on look-up threads, and
 * before a look-up on the thread that opens the connection.
 *
 * <p>Through a proxy, the address that is dialled is the proxy's, and it must be allowed. The
 * server must be too: by its address where the URL has one, else by {@link #allowsUnseen}. A unix
 * socket is no address, and only whoever configures the target can name one: it is not asked about.
 */
@FunctionalInterface
public interface Guard {
  /** Everything may be reached. */
  Guard OPEN =
      new Guard() {
        @Override
        public boolean allows(InetSocketAddress address) {
          return true;
        }

        @Override
        public boolean allowsUnseen(URI server) {
          return true;
        }
      };

  /** Whether {@code address}, which is resolved, may be dialled. */
  boolean allows(InetSocketAddress address);

  /** Whether {@code server} may be asked at all: the first URL, and whatever it redirects to. */
  default boolean allowsUrl(URI server) {
    return true;
  }

  /**
   * Whether {@code server}, whose name a proxy will look up, may be reached although its address is
   * never seen here. Whoever judges addresses can't know: no.
   */
  default boolean allowsUnseen(URI server) {
    return false;
  }
}
