package dev.echosounder.ws;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server asked for a client certificate (RFC 8446 §4.3.2). An alert alone does not tell a missing
 * certificate from a wrong or an expired one, and servers choose it differently: what we showed
 * does.
 *
 * @param at when it was asked
 * @param issuers whose certificates it wants; empty if it does not say
 * @param configured whether we have a certificate at all
 * @param shown what we answered with; null if nothing
 * @param fitting whether {@code shown}, or what we show with it, is by one of {@code issuers}
 */
record CertificateRequest(
    Instant at,
    List<Principal> issuers,
    boolean configured,
    @Nullable X509Certificate shown,
    boolean fitting) {

  private static final int MOST_ISSUERS = 3;

  /** What is wrong with our answer as far as we can tell; empty if nothing. */
  Optional<String> fault() {
    if (!configured) {
      return Optional.of("the server asked for a client certificate, and none is configured");
    }
    if (shown == null) {
      return Optional.of(
          "the server asked for a client certificate with another type of key than ours has");
    }
    String name = "our client certificate " + shown.getSubjectX500Principal().getName();
    if (at.isAfter(shown.getNotAfter().toInstant())) {
      return Optional.of(name + " expired at " + shown.getNotAfter().toInstant());
    }
    if (at.isBefore(shown.getNotBefore().toInstant())) {
      return Optional.of(name + " is not valid before " + shown.getNotBefore().toInstant());
    }
    if (fitting || issuers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s was issued by %s; the server asked for one by %s"
            .formatted(name, shown.getIssuerX500Principal().getName(), names()));
  }

  /** What we showed, whether or not there is a fault in it. */
  String words() {
    return fault()
        .orElseGet(
            () ->
                shown == null
                    ? "no client certificate was shown"
                    : "our client certificate %s, issued by %s, was shown"
                        .formatted(
                            shown.getSubjectX500Principal().getName(),
                            shown.getIssuerX500Principal().getName()));
  }

  private String names() {
    String first =
        issuers.stream()
            .limit(MOST_ISSUERS)
            .map(Principal::getName)
            .collect(Collectors.joining(" or "));
    int more = issuers.size() - MOST_ISSUERS;
    return more > 0 ? first + " or " + more + " more" : first;
  }
}
