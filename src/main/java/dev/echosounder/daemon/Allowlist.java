package dev.echosounder.daemon;

import dev.echosounder.config.Config;
import dev.echosounder.ws.Guard;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * What {@code /probe} may reach, wherever a server redirects to, and through a proxy too: a name
 * that the proxy looks up is reached only if {@code hosts} has it and no {@code cidrs} ask for an
 * address, which is never seen.
 */
record Allowlist(Config.Allow allow) implements Guard {
  @Override
  public boolean allows(InetSocketAddress address) {
    return allow.address(address.getAddress());
  }

  @Override
  public boolean allowsUrl(URI server) {
    return allow.url(server);
  }

  @Override
  public boolean allowsUnseen(URI server) {
    return allow.url(server) && allow.cidrs().isEmpty();
  }
}
