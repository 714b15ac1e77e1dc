package dev.echosounder.ws;

import java.net.InetSocketAddress;

/**
 * Decides which addresses may be dialled. Asked once per address, after the name is resolved and
 * with the very address that will be dialled, so neither a name that resolves to a private address
 * nor one that changes its mind (DNS rebinding) gets round it. Called on look-up threads.
 */
@FunctionalInterface
public interface Guard {
  /** Everything may be dialled. */
  Guard OPEN = address -> true;

  /** Whether {@code address}, which is resolved, may be dialled. */
  boolean allows(InetSocketAddress address);
}
