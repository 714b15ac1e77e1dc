package dev.echosounder.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where the HTTP side gets what it shows; the daemon fills it in. Called by the server's threads,
 * several at a time. What these methods throw is a defect: it is logged and answered with 500.
 */
public interface Sources {
  /** What ran so far. */
  History history();

  /** What is watched at present. */
  Status status();

  /** All metrics, in the format that the request asks for. */
  Exposition metrics(Scrape scrape);

  /**
   * Probes once, on demand. Must complete inside {@link ProbeRequest#timeout()}; a second later the
   * answer is given up and the future cancelled.
   */
  CompletableFuture<ProbeAnswer> probe(ProbeRequest request);

  /** The configuration in force, as YAML, without secrets. */
  String configuration();

  /**
   * Loads the configuration anew.
   *
   * @return what is wrong with it, in which case nothing has changed; empty if it is in force
   */
  List<String> reload();

  /** Why the daemon can't do its work yet, or any more; empty if it can. */
  Optional<String> notReady();

  /** The text without the configuration's secrets, which messages and errors may carry. */
  String redact(String text);

  /** Which build this is. */
  Build build();

  /**
   * A request for metrics.
   *
   * @param accept the header; null if there is none
   * @param acceptEncoding the header; null if there is none
   * @param names the metric names asked for ({@code name[]}); empty means all
   */
  record Scrape(@Nullable String accept, @Nullable String acceptEncoding, Set<String> names) {}

  /**
   * Metrics as they go out.
   *
   * @param contentEncoding such as {@code gzip}; null if the body is not encoded
   * @param body from its position to its limit; it is read once
   */
  record Exposition(
      int status, String contentType, @Nullable String contentEncoding, ByteBuffer body) {}

  /**
   * One probe on demand.
   *
   * @param target as the request names it, not yet checked
   * @param module null if the request names none
   * @param timeout for all of it
   * @param debug whether the answer is for a person: the transcript with the metrics
   */
  record ProbeRequest(String target, @Nullable String module, Duration timeout, boolean debug) {}

  /** What a probe on demand comes to. A target that is down is an answer, too. */
  sealed interface ProbeAnswer {
    /**
     * It ran.
     *
     * @param text metrics in Prometheus' text format 0.0.4; with {@code debug}, anything
     */
    record Ran(String text) implements ProbeAnswer {}

    /**
     * It can't run: no such module, no such URL.
     *
     * @param reason for a person
     */
    record Invalid(String reason) implements ProbeAnswer {}
  }

  /**
   * Which build this is.
   *
   * @param revision the source's; empty if not known
   */
  record Build(String version, String revision) {}
}
