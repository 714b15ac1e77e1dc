package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why TLS failed, from what was thrown and from what the server had asked of us. */
final class TlsFailure {
  private TlsFailure() {}

  /**
   * A TLS 1.3 server refuses our certificate after our side of the handshake is done (RFC 8446
   * §4.4.2.4): the alert is then read in place of the answer to the upgrade.
   */
  static ConnectFailure of(Throwable thrown, @Nullable CertificateRequest request) {
    Cause cause = Failures.cause(thrown).orElse(Cause.TLS_HANDSHAKE);
    String text = Failures.text(thrown);
    boolean refusal = cause == Cause.TLS_HANDSHAKE && text.contains("fatal alert");
    String detail =
        refusal && request != null
            ? "the server refused the client: " + request.words() + " (" + text + ")"
            : text;
    return new ConnectFailure(cause, detail, null);
  }

  /**
   * Cut before the upgrade was answered. A server that refuses our certificate closes with our
   * request unread: that resets the connection, and a write that fails first hides the alert. What
   * is wrong with what we showed is then known from our own side only.
   */
  static ConnectFailure cut(String how, @Nullable CertificateRequest request) {
    return fault(request)
        .map(
            fault ->
                new ConnectFailure(
                    Cause.TLS_HANDSHAKE,
                    "the server refused the client: " + fault + " (" + how + ")",
                    null))
        .orElseGet(() -> new ConnectFailure(Cause.CLOSED_EARLY, how, null));
  }

  private static Optional<String> fault(@Nullable CertificateRequest request) {
    return Optional.ofNullable(request).flatMap(CertificateRequest::fault);
  }

  /** What a cut without an alert may be about; empty, or the end of a sentence. */
  static String hint(@Nullable CertificateRequest request) {
    return fault(request).map(fault -> "; " + fault).orElse("");
  }
}
