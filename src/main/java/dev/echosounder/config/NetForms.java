package dev.echosounder.config;

import dev.echosounder.ws.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Forms of URLs, headers and addresses. */
final class NetForms {
  static final Form<URI> WS_URL = url("wss://example.org/path", "[wW][sS][sS]?", "ws");
  static final Form<URI> HTTP_URL =
      url("https://example.org/path", "[hH][tT][tT][pP][sS]?", "http");

  static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** RFC 6455 §4.1: a subprotocol's name is a token. */
  static final Form<String> SUBPROTOCOL =
      Forms.text("a subprotocol (RFC 6455 §4.1)", TOKEN, (v, t) -> t);

  private static final String ONE_LINE = "[^\\u0000-\\u0008\\u000A-\\u001F\\u007F]*";

  static final Form<String> LINE = Forms.text("text without line breaks", ONE_LINE, (v, t) -> t);

  static final Form<String> SECRET_LINE = Forms.secret("text without line breaks", ONE_LINE);

  static final Form<Config.HostPort> LISTEN =
      Forms.text(
          "an address such as 127.0.0.1:9115, [::1]:9115 or :9115",
          "([A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+\\]):\\d{1,5}",
          NetForms::listen);

  static final Form<Cidr> CIDR =
      Forms.text(
          "a range of addresses such as 10.0.0.0/8 or fd00::/8",
          "[0-9A-Fa-f:./]+",
          (value, text) -> {
            Cidr cidr = Cidr.parse(text);
            if (cidr == null) {
              value.expected("a range of addresses such as 10.0.0.0/8 or fd00::/8");
            }
            return cidr;
          });

  /** The JDK's own list decides; a schema could only repeat one version's. */
  static final Form<String> CIPHER =
      Forms.text(
          "a cipher suite such as TLS_AES_128_GCM_SHA256",
          "TLS_[A-Z0-9_]+",
          (value, text) -> {
            if (Tls.isCipher(text)) {
              return text;
            }
            value.expected("a cipher suite of the JDK such as TLS_AES_128_GCM_SHA256");
            return null;
          });

  static final Form<String> HOST =
      Forms.text(
          "a host name, or *.example.org",
          "(\\*\\.)?[A-Za-z0-9_:.-]+|\\[[0-9A-Fa-f:.]+\\]",
          (value, text) -> text.toLowerCase(Locale.ROOT));

  private NetForms() {}

  private static Form<URI> url(String example, String schemes, String scheme) {
    String what = "a URL such as " + example;
    Pattern allowed = Pattern.compile(schemes);
    // Told apart by hand, for better messages than one pattern gives.
    return new TextForm<>(
        what,
        Pattern.compile("\\S*"),
        schemes + "://[^/?#@\\s]+([/?][^#\\s]*)?",
        false,
        (value, text) -> uri(value, text, what, allowed, scheme));
  }

  private static @Nullable URI uri(
      Value value, String text, String what, Pattern schemes, String scheme) {
    Credentials.inUrl(text, value.context().redactor()::add);
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      value.expected(what + " (" + e.getReason() + ")");
      return null;
    }
    if (uri.getScheme() == null || !schemes.matcher(uri.getScheme()).matches()) {
      value.expected(what, hint(value.raw(), scheme));
    } else if (uri.getRawUserInfo() != null) {
      value.problem("a URL must not hold user and password: use basic");
    } else if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
      value.expected(what + " with a valid host and port");
    } else if (uri.getRawFragment() != null) {
      value.problem("a URL here has no fragment (RFC 6455 §3), got " + value.shown());
    } else {
      return uri;
    }
    return null;
  }

  private static String hint(String raw, String scheme) {
    String other = scheme.equals("ws") ? "http" : "ws";
    if (raw.startsWith(other + "://") || raw.startsWith(other + "s://")) {
      String meant = Credentials.hideInUrls(scheme + raw.substring(other.length()));
      return "; did you mean \"" + meant + "\"?";
    }
    return "";
  }

  private static Config.@Nullable HostPort listen(Value value, String text) {
    int colon = text.lastIndexOf(':');
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port > 65535) {
      value.expected("a port from 0 to 65535");
      return null;
    }
    return new Config.HostPort(text.substring(0, colon).replaceAll("[\\[\\]]", ""), port);
  }
}
