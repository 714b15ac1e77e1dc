package dev.echosounder.servers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the certificate of a server or a client can be like. */
public enum Leaf {
  /** Right in everything, for {@code localhost}, 127.0.0.1 and ::1. */
  VALID(Issued.AUTHORITY, Names.LOOPBACK, -1, 30),
  /** Right in everything, for two days more. */
  EXPIRING(Issued.AUTHORITY, Names.LOOPBACK, -10, 2),
  /** Right in everything, but the intermediate that issued it, and is sent with it, ends sooner. */
  CHAINED(Issued.INTERMEDIATE, Names.LOOPBACK, -1, 30),
  /** For {@code example.invalid} only. */
  WRONG_HOST(Issued.AUTHORITY, List.of("example.invalid"), -1, 30),
  /** Ended yesterday. */
  EXPIRED(Issued.AUTHORITY, Names.LOOPBACK, -10, -1),
  /** Begins tomorrow. */
  NOT_YET_VALID(Issued.AUTHORITY, Names.LOOPBACK, 1, 10),
  /** Vouched for by nobody but itself. */
  SELF_SIGNED(Issued.ITSELF, Names.LOOPBACK, -1, 30),
  /** Issued by an authority that nobody trusts. */
  UNTRUSTED(Issued.STRANGER, Names.LOOPBACK, -1, 30),
  /** A client's, right in everything. */
  CLIENT(Issued.AUTHORITY, List.of(), -1, 30),
  /** A client's that ended yesterday. */
  CLIENT_EXPIRED(Issued.AUTHORITY, List.of(), -10, -1),
  /** A client's, issued by an authority that nobody trusts. */
  CLIENT_UNTRUSTED(Issued.STRANGER, List.of(), -1, 30);

  /** Who vouches for it. */
  enum Issued {
    AUTHORITY,
    INTERMEDIATE,
    STRANGER,
    ITSELF
  }

  private static final class Names {
    static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
  }

  final Issued issuer;

  /** Subject alternative names; a client has none. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of
  final List<String> names;

  final Duration from;
  final Duration until;

  Leaf(Issued issuer, List<String> names, int fromDays, int untilDays) {
    this.issuer = issuer;
    this.names = names;
    this.from = Duration.ofDays(fromDays);
    this.until = Duration.ofDays(untilDays);
  }

  /** The name of its files: lower case, words joined by a hyphen. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
