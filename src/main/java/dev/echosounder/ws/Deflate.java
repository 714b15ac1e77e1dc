package dev.echosounder.ws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether {@code permessage-deflate} is offered, and with which parameters (RFC 7692 §7.1). {@code
 * client_max_window_bits} cannot be offered: the JDK's zlib always compresses with a window of 15
 * bits, so a server that asked for less could not be obeyed.
 *
 * @param offered whether it is offered at all
 * @param clientNoContextTakeover we compress each message by itself
 * @param serverNoContextTakeover the server must compress each message by itself
 * @param serverMaxWindowBits the largest window the server may compress with, 8 to 15 bits; null if
 *     it may choose
 */
public record Deflate(
    boolean offered,
    boolean clientNoContextTakeover,
    boolean serverNoContextTakeover,
    @Nullable Integer serverMaxWindowBits) {
  /** Not offered. */
  public static final Deflate OFF = new Deflate(false, false, false, null);

  /** Offered without parameters. */
  public static final Deflate ON = new Deflate(true, false, false, null);

  static final String NAME = "permessage-deflate";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String SERVER_BITS = "server_max_window_bits";
  private static final String CLIENT_BITS = "client_max_window_bits";

  /**
   * What both sides abide by.
   *
   * @param resetOurs our compressor starts anew with each message
   * @param resetTheirs the server's does
   */
  record Agreement(boolean resetOurs, boolean resetTheirs) {}

  /**
   * An offer.
   *
   * @throws IllegalArgumentException if the window is not of 8 to 15 bits (RFC 7692 §7.1.2.1), or a
   *     parameter is given although nothing is offered
   */
  public Deflate {
    if (serverMaxWindowBits != null && (serverMaxWindowBits < 8 || serverMaxWindowBits > 15)) {
      throw new IllegalArgumentException(
          SERVER_BITS + ": expected 8 to 15 (RFC 7692 §7.1.2.1), got " + serverMaxWindowBits);
    }
    if (!offered
        && (clientNoContextTakeover || serverNoContextTakeover || serverMaxWindowBits != null)) {
      throw new IllegalArgumentException("expected an offer with these parameters, got none");
    }
  }

  /** The same, each message of ours compressed by itself; offered if it was not. */
  public Deflate withClientNoContextTakeover() {
    return new Deflate(true, true, serverNoContextTakeover, serverMaxWindowBits);
  }

  /** The same, each message of the server compressed by itself; offered if it was not. */
  public Deflate withServerNoContextTakeover() {
    return new Deflate(true, clientNoContextTakeover, true, serverMaxWindowBits);
  }

  /** The same, the server's window limited to so many bits; offered if it was not. */
  public Deflate withServerMaxWindowBits(int bits) {
    return new Deflate(true, clientNoContextTakeover, serverNoContextTakeover, bits);
  }

  /**
   * As in {@code Sec-WebSocket-Extensions}: {@code permessage-deflate; server_max_window_bits=10}.
   *
   * @throws IllegalArgumentException if {@code parameters} hold one that is unknown, given twice,
   *     out of range, or {@code client_max_window_bits}
   */
  public static Deflate parse(String parameters) {
    Deflate deflate = ON;
    for (Map.Entry<String, String> one : parameters(NAME + ";" + parameters).entrySet()) {
      String value = one.getValue();
      deflate =
          switch (one.getKey()) {
            case CLIENT_NO_CONTEXT -> deflate.withClientNoContextTakeover();
            case SERVER_NO_CONTEXT -> deflate.withServerNoContextTakeover();
            case SERVER_BITS -> deflate.withServerMaxWindowBits(bits(one.getKey(), value));
            case CLIENT_BITS ->
                throw new IllegalArgumentException(
                    CLIENT_BITS
                        + " can't be offered: the JDK's zlib always compresses with 15 bits");
            default ->
                throw new IllegalArgumentException(
                    "\"%s\" is no parameter of %s; known: %s, %s, %s"
                        .formatted(
                            one.getKey(), NAME, CLIENT_NO_CONTEXT, SERVER_NO_CONTEXT, SERVER_BITS));
          };
    }
    return deflate;
  }

  /** What stands in the request's {@code Sec-WebSocket-Extensions}. */
  String offer() {
    return NAME
        + (clientNoContextTakeover ? ";" + CLIENT_NO_CONTEXT : "")
        + (serverNoContextTakeover ? ";" + SERVER_NO_CONTEXT : "")
        + (serverMaxWindowBits == null ? "" : ";" + SERVER_BITS + "=" + serverMaxWindowBits);
  }

  /**
   * What is wrong with the server's choice of extensions, if anything (RFC 6455 §4.1, RFC 7692
   * §7.1).
   */
  Optional<String> faultOf(List<String> extensions) {
    Optional<String> other = extensions.stream().filter(e -> !offered || !isDeflate(e)).findFirst();
    if (other.isPresent()) {
      return Optional.of("the server uses \"" + other.get() + "\", which was not offered");
    } else if (extensions.size() > 1) {
      return Optional.of("the server agreed to " + NAME + " more than once");
    }
    Optional<String> chosen = chosen(extensions);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(fault(parameters(chosen.get())))
          .map(f -> "the server agreed to \"" + chosen.get() + "\": " + f);
    } catch (IllegalArgumentException e) {
      return Optional.of("the server agreed to \"" + chosen.get() + "\": " + e.getMessage());
    }
  }

  private @Nullable String fault(Map<String, String> agreed) {
    for (String name : agreed.keySet()) {
      if (name.equals(CLIENT_BITS)) {
        return name + " was not offered (RFC 7692 §7.1.2.2)";
      } else if (!List.of(CLIENT_NO_CONTEXT, SERVER_NO_CONTEXT, SERVER_BITS).contains(name)) {
        return "\"" + name + "\" is no parameter of it";
      }
    }
    if (serverNoContextTakeover && !agreed.containsKey(SERVER_NO_CONTEXT)) {
      return "expected " + SERVER_NO_CONTEXT + ", which was asked for (RFC 7692 §7.1.1.1)";
    }
    String window = agreed.get(SERVER_BITS);
    int most = serverMaxWindowBits == null ? 15 : serverMaxWindowBits;
    if (window == null ? serverMaxWindowBits != null : bits(SERVER_BITS, window) > most) {
      return "expected %s of at most %d, as was asked for (RFC 7692 §7.1.2.1)"
          .formatted(SERVER_BITS, most);
    }
    return null;
  }

  /** What follows from the server's choice, which has no fault. */
  Agreement agreement(List<String> extensions) {
    Map<String, String> agreed = chosen(extensions).map(Deflate::parameters).orElse(Map.of());
    // Having offered it, we do so even if the server does not repeat it (§7.1.1.2); it may as well
    // ask for it unasked.
    return new Agreement(
        clientNoContextTakeover || agreed.containsKey(CLIENT_NO_CONTEXT),
        agreed.containsKey(SERVER_NO_CONTEXT));
  }

  static Optional<String> chosen(List<String> extensions) {
    return extensions.stream().filter(Deflate::isDeflate).findFirst();
  }

  private static boolean isDeflate(String extension) {
    return extension.split(";", 2)[0].strip().equalsIgnoreCase(NAME);
  }

  /** Name to value of an extension's parameters; empty is the value of those that have none. */
  private static Map<String, String> parameters(String extension) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String[] parts = extension.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      String name = pair[0].strip().toLowerCase(Locale.ROOT);
      String value = pair.length == 1 ? "" : pair[1].strip().replace("\"", "");
      if (!name.isEmpty() && parameters.put(name, value) != null) {
        throw new IllegalArgumentException("the parameter " + name + " is given twice");
      }
    }
    return parameters;
  }

  private static int bits(String name, String value) {
    if (!value.matches("8|9|1[0-5]")) {
      throw new IllegalArgumentException(
          name + ": expected 8 to 15 (RFC 7692 §7.1.2.1), got \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }
}
