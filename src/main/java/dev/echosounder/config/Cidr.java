package dev.echosounder.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}; an address alone is its own. */
public record Cidr(InetAddress network, int prefix) {
  private static final Pattern FORM =
      Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");

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
