package dev.echosounder.ws;

import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension;

/**
 * {@code permessage-deflate} (RFC 7692) that inflates by pieces of 8 KiB. Jetty's refuses a message
 * that inflates to more than one such buffer unless the whole session fragments on its own, which
 * would hide the real frames. The message limit still stops a decompression bomb. Public because
 * Jetty makes it.
 */
public final class DeflateExtension extends PerMessageDeflateExtension {
  private Configuration pieces = new Configuration.ConfigurationCustomizer();

  /** For Jetty's registry. */
  public DeflateExtension() {}

  @Override
  public void setCoreSession(CoreSession coreSession) {
    super.setCoreSession(coreSession);
    Configuration.ConfigurationCustomizer own = new Configuration.ConfigurationCustomizer();
    own.setAutoFragment(true);
    pieces = own;
  }

  @Override
  protected Configuration getConfiguration() {
    return pieces;
  }
}
