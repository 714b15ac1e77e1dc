package dev.echosounder.ws;

/** Carries a failure of ours through Jetty's machinery. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ConnectFailure failure;

  Fault(ConnectFailure failure) {
    super(failure.detail());
    this.failure = failure;
  }

  ConnectFailure failure() {
    return failure;
  }
}
