package dev.echosounder.ws;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt did not open. Exactly one per attempt that did not open.
 *
 * @param cause the closed set that metrics use as a label
 * @param detail what was expected and seen, for a person
 * @param response the HTTP answer, if one arrived
 */
public record ConnectFailure(Cause cause, String detail, @Nullable Response response)
    implements Opening {

  /** The closed set of causes. */
  public enum Cause {
    DNS("the host name does not resolve; check its spelling and the resolver"),
    REFUSED("nothing listens on that port; check the port and that the service runs"),
    UNREACHABLE("no route to that address; check the network and firewalls"),
    CONNECT_TIMEOUT("no answer to the connection attempt; a firewall may drop it silently"),
    TLS_UNTRUSTED("the certificate's issuer is not trusted; give its CA, or check who answers"),
    TLS_HOSTNAME("the certificate is for another name; check the URL or the server name"),
    TLS_EXPIRED("the certificate is outside its validity; renew it, or check the clock"),
    TLS_HANDSHAKE("TLS could not be agreed; check versions, client certificate and port"),
    PROXY("the proxy refused or failed; check its address and credentials"),
    HTTP_STATUS("the server refused the upgrade; see its status and body"),
    REDIRECT("the server redirects; use the location it names"),
    NOT_WEBSOCKET("the answer is not a WebSocket handshake; check the path and any proxy"),
    SUBPROTOCOL("the server chose a subprotocol that was not offered; check both lists"),
    UPGRADE_TIMEOUT("connected, but the upgrade was not answered in time"),
    CLOSED_EARLY("the connection was cut before the upgrade was answered"),
    BLOCKED("the address is not on the allowlist"),
    LOCAL_ERROR("our own fault or a bad option; see the detail");

    private final String advice;

    Cause(String advice) {
      this.advice = advice;
    }

    /** The label's value: {@code connect_timeout}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What a person can do about it. */
    public String advice() {
      return advice;
    }
  }

  /**
   * The HTTP answer to an upgrade.
   *
   * @param status the status code
   * @param headers as received, in order
   * @param body the body's first {@value #BODY_BYTES} bytes
   */
  public record Response(int status, List<Header> headers, Bytes body) {
    /** How much of a refusal's body is kept, in bytes. */
    public static final int BODY_BYTES = 16 * 1024;

    public Response {
      headers = List.copyOf(headers);
    }

    /** The first value of the header called {@code name}, whose case does not matter. */
    public Optional<String> header(String name) {
      return Header.first(headers, name);
    }
  }

  /** One that no HTTP answer explains. */
  static ConnectFailure of(Cause cause, String detail) {
    return new ConnectFailure(cause, detail, null);
  }

  @Override
  public String toString() {
    return cause.label() + ": " + detail + " (" + cause.advice() + ")";
  }
}
