package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;

/** How far an attempt has come: what a deadline that passes is to be blamed on. */
enum DialStage {
  AUTHORIZATION(Cause.LOCAL_ERROR, "the credentials were not fetched"),
  /** And the JDK's trust store, when it is first needed. */
  TLS_FILES(Cause.LOCAL_ERROR, "the TLS files were not read"),
  DNS(Cause.DNS, "the name did not resolve"),
  TCP(Cause.CONNECT_TIMEOUT, "TCP did not connect"),
  /** The proxy is asked for a tunnel. */
  TUNNEL(Cause.PROXY, "the proxy did not open the tunnel"),
  TLS(Cause.TLS_HANDSHAKE, "the TLS handshake was not done"),
  UPGRADE(Cause.UPGRADE_TIMEOUT, "no answer to the upgrade");

  private final Cause cause;
  private final String missing;

  DialStage(Cause cause, String missing) {
    this.cause = cause;
    this.missing = missing;
  }

  /** The failure of an attempt that has come no further; {@code when} ends the sentence. */
  ConnectFailure late(String when) {
    return new ConnectFailure(cause, missing + when, null);
  }
}
