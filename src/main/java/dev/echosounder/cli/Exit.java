package dev.echosounder.cli;

/** What the program's exit codes mean. */
final class Exit {
  static final int PASSED = 0;

  /** A check or a scenario failed: the endpoint is not as expected. */
  static final int FAILED = 1;

  /** Wrong usage or configuration: nothing was learnt about the endpoint. */
  static final int USAGE = 2;

  /** Our own fault. */
  static final int DEFECT = 3;

  private Exit() {}
}
