package dev.echosounder.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}; an address alone is its own. */
public record Cidr(InetAddress network, int prefix) {
  private static final Pattern FORM =
      Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");

  /**
   * What the IANA special-purpose address registries (RFC 6890) keep from global routing, and what
   * embeds an IPv4 address (NAT64, 6to4, Teredo) and so is a way round.
   */
  private static final List<Cidr> SPECIAL =
      Stream.of(
              "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12",
              "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15",
              "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4",
              "::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32",
              "2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8")
          .flatMap(line -> Stream.of(line.split(" ")))
          .map(text -> Objects.requireNonNull(parse(text), text))
          .toList();

  /** Whether the internet at large routes to {@code address}. */
  static boolean isPublic(InetAddress address) {
    return SPECIAL.stream().noneMatch(range -> range.contains(address));
  }

  /** Whether {@code address} is of the same family and in the range. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Null if the text is no range. */
  static @Nullable Cidr parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String host = form.group(1);
    // Old resolvers read 10.1 as 10.0.0.1: whoever writes that means something else.
    if (!host.contains(":") && host.chars().filter(c -> c == '.').count() != 3) {
      return null;
    }
    try {
      // Digits, dots and colons only: never a name to look up.
      InetAddress network = InetAddress.getByName(host);
      int bits = network.getAddress().length * 8;
      int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2).substring(1));
      return prefix > bits ? null : new Cidr(network, prefix);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
