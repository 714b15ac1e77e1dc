package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an attempt failed that no HTTP answer explains: by how far it had come. */
final class Blame {
  private Blame() {}

  /** It ran out of time; {@code when} ends the sentence. */
  static ConnectFailure late(DialStage stage, Target target, String when) {
    if (isProxys(stage, target)) {
      String what =
          switch (stage) {
            case DNS -> "its name did not resolve";
            case TCP -> "TCP did not connect";
            default -> "it did not open the tunnel";
          };
      Proxy proxy = target.proxy();
      if (stage == DialStage.TUNNEL && proxy != null && proxy.kind() == Proxy.Kind.HTTPS) {
        return proxy(target, what + when + ": does it speak TLS on this port?");
      }
      return proxy(target, what + when);
    }
    return stage.late(stage == DialStage.TLS_FILES ? when + ": " + target.tls().files() : when);
  }

  /**
   * What {@code thrown} means in this stage, if the stage says more than the exception.
   *
   * @param howCut how the stream ended
   * @param request for our certificate; null if there was none
   */
  static Optional<ConnectFailure> of(
      Throwable thrown,
      DialStage stage,
      Target target,
      String howCut,
      @Nullable CertificateRequest request) {
    boolean unexplained = Failures.cause(thrown).isEmpty();
    if (isProxys(stage, target) && !Failures.isOurs(thrown)) {
      return Optional.of(proxy(target, Failures.text(thrown)));
    } else if (stage == DialStage.UPGRADE && unexplained) {
      return Optional.of(TlsFailure.cut(howCut + " before the upgrade was answered", request));
    } else if (stage == DialStage.TLS && unexplained) {
      return Optional.of(
          ConnectFailure.of(
              Cause.TLS_HANDSHAKE,
              howCut + " during the TLS handshake" + TlsFailure.hint(request)));
    } else if (Failures.isTls(thrown)) {
      return Optional.of(TlsFailure.of(thrown, request));
    } else if (stage == DialStage.TCP && Failures.isCut(thrown)) {
      // Accepted, and reset before the selector came round to it.
      return Optional.of(ConnectFailure.of(Cause.CLOSED_EARLY, "cut as soon as it was connected"));
    }
    return Optional.empty();
  }

  private static boolean isProxys(DialStage stage, Target target) {
    return target.proxy() != null
        && (stage == DialStage.DNS || stage == DialStage.TCP || stage == DialStage.TUNNEL);
  }

  static ConnectFailure proxy(Target target, String what) {
    return ConnectFailure.of(Cause.PROXY, "the proxy " + target.proxy() + ": " + what);
  }
}
