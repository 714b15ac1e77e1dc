package dev.echosounder.schedule;

import java.util.Locale;

/** Why an intended instant passed without a start: a closed set. */
public enum Skip {
  /** The job's previous run has not ended. */
  OVERLAP,
  /** As many runs are in flight as are allowed. */
  SATURATED,
  /** It came up too late: we, or the whole machine, had stopped. */
  LATE;

  /** The label's value: {@code overlap}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
