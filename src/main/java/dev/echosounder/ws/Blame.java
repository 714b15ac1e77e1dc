package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.util.Optional;

/** Why an attempt failed that no HTTP answer explains: by how far it had come. */
final class Blame {
  /** How far an attempt has come: what a deadline that passes is to be blamed on. */
  enum Stage {
    DNS,
    TCP,
    /** The proxy is asked for a tunnel. */
    TUNNEL,
    TLS,
    UPGRADE
  }

  private Blame() {}

  /** It ran out of time; {@code when} ends the sentence. */
  static ConnectFailure late(Stage stage, Target target, String when) {
    if (isProxys(stage, target)) {
      String what =
          switch (stage) {
            case DNS -> "its name did not resolve";
            case TCP -> "TCP did not connect";
            default -> "it did not open the tunnel";
          };
      return proxy(target, what + when);
    }
    return switch (stage) {
      case DNS -> failure(Cause.DNS, "the name did not resolve" + when);
      case TCP, TUNNEL -> failure(Cause.CONNECT_TIMEOUT, "TCP did not connect" + when);
      case TLS -> failure(Cause.TLS_HANDSHAKE, "the TLS handshake was not done" + when);
      case UPGRADE -> failure(Cause.UPGRADE_TIMEOUT, "no answer to the upgrade" + when);
    };
  }

  /**
   * What {@code thrown} means in this stage, if the stage says more than the exception.
   *
   * @param howCut how the stream ended
   */
  static Optional<ConnectFailure> of(Throwable thrown, Stage stage, Target target, String howCut) {
    boolean unexplained = Failures.cause(thrown).isEmpty();
    if (isProxys(stage, target) && !Failures.isOurs(thrown)) {
      return Optional.of(proxy(target, Failures.text(thrown)));
    } else if (stage == Stage.UPGRADE && unexplained) {
      return Optional.of(failure(Cause.CLOSED_EARLY, howCut + " before the upgrade was answered"));
    } else if (stage == Stage.TLS && unexplained) {
      return Optional.of(failure(Cause.TLS_HANDSHAKE, howCut + " during the TLS handshake"));
    } else if (stage == Stage.TCP && Failures.isCut(thrown)) {
      // Accepted, and reset before the selector came round to it.
      return Optional.of(failure(Cause.CLOSED_EARLY, "cut as soon as it was connected"));
    }
    return Optional.empty();
  }

  private static boolean isProxys(Stage stage, Target target) {
    return target.route().proxy() != null
        && (stage == Stage.DNS || stage == Stage.TCP || stage == Stage.TUNNEL);
  }

  static ConnectFailure proxy(Target target, String what) {
    return failure(Cause.PROXY, "the proxy " + target.route().proxy() + ": " + what);
  }

  private static ConnectFailure failure(Cause cause, String detail) {
    return new ConnectFailure(cause, detail, null);
  }
}
