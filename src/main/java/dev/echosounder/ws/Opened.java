package dev.echosounder.ws;

import java.net.URI;
import java.security.Principal;
import org.eclipse.jetty.ee11.websocket.jakarta.common.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * All that the Jakarta session may ask of the request that opened it, for as long as it lives. The
 * attempt itself would keep the HTTP client's machinery alive with it: 6 KiB a connection.
 */
record Opened(URI uri) implements UpgradeRequest {
  @Override
  public @Nullable Principal getUserPrincipal() {
    return null;
  }

  @Override
  public URI getRequestURI() {
    return uri;
  }

  @Override
  public String getPathInContext() {
    return uri.getPath();
  }
}
