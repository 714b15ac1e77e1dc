package dev.echosounder.ws;

import java.net.URI;

/** Which HTTP carries the opening handshake. Asked for strictly: there is no falling back. */
public enum HttpVersion {
  /** The upgrade of RFC 6455: a GET, answered with 101. */
  HTTP_1_1("1.1", 101),
  /**
   * The extended CONNECT of RFC 8441, answered with 200. Over TLS the server must choose {@code h2}
   * (ALPN, RFC 7301); without, HTTP/2 is spoken at once (prior knowledge, RFC 9113 §3.3).
   */
  HTTP_2("2", 200);

  private final String label;
  private final int openingStatus;

  HttpVersion(String label, int openingStatus) {
    this.label = label;
    this.openingStatus = openingStatus;
  }

  /** As options and configuration write it: {@code 1.1}, {@code 2}. */
  public String label() {
    return label;
  }

  /** The status of an answer that opens the connection. */
  public int openingStatus() {
    return openingStatus;
  }

  /** The request that asks for a WebSocket at {@code uri}, in one line. */
  String requestLine(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    return this == HTTP_1_1
        ? "GET " + target + " HTTP/1.1"
        : "CONNECT " + target + " HTTP/2, :protocol websocket";
  }
}
