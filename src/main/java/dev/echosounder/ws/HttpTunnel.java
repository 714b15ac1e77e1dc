package dev.echosounder.ws;

import dev.echosounder.ws.ConnectFailure.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** A tunnel by {@code CONNECT} (RFC 9110 §9.3.6): any 2xx opens it. */
final class HttpTunnel extends ProxyTunnel implements HttpParser.ResponseHandler {
  private static final int LONGEST_HEAD = 16 * 1024;

  private final Proxy proxy;
  private final HttpParser parser = new HttpParser(this, LONGEST_HEAD);
  private final List<Header> headers = new ArrayList<>();
  private int status;
  private String statusText = "";
  private boolean answered;
  private @Nullable String malformed;

  HttpTunnel(
      Proxy proxy,
      EndPoint endPoint,
      Dialer dialer,
      Attempt attempt,
      Map<String, Object> context,
      Onward onward) {
    super(endPoint, dialer, attempt, context, onward);
    this.proxy = proxy;
  }

  @Override
  ByteBuffer greeting() {
    String server = Proxy.authority(host(), port());
    String credentials = "";
    if (proxy.user() != null) {
      byte[] pair = (proxy.user() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8);
      String basic = Base64.getEncoder().encodeToString(pair);
      credentials = "Proxy-Authorization: Basic " + basic + "\r\n";
    }
    String request = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n";
    return ByteBuffer.wrap(
        request.formatted(server, server, credentials).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  void read(ByteBuffer bytes) throws IOException {
    parser.parseNext(bytes);
    if (malformed != null) {
      throw new IOException("its answer to CONNECT is not HTTP: " + malformed);
    }
    if (!answered) {
      return;
    }
    String line = (status + " " + statusText).strip();
    if (status / 100 == 2) {
      open(line);
    } else {
      refuse(refusal(line));
    }
  }

  private ConnectFailure refusal(String line) {
    String server = Proxy.authority(host(), port());
    return new ConnectFailure(
        Cause.PROXY,
        "the proxy %s answered %s to CONNECT %s".formatted(proxy, line, server),
        new ConnectFailure.Response(status, headers, Bytes.EMPTY));
  }

  @Override
  public void startResponse(HttpVersion version, int code, @Nullable String reason) {
    status = code;
    statusText = reason == null ? "" : reason;
  }

  @Override
  public void parsedHeader(HttpField field) {
    headers.add(Header.seen(field.getName(), field.getValue()));
  }

  /** True stops the parser: what follows is the server's, or a refusal's body. */
  @Override
  public boolean headerComplete() {
    answered = true;
    return true;
  }

  @Override
  public boolean content(ByteBuffer content) {
    return true;
  }

  @Override
  public boolean contentComplete() {
    return true;
  }

  @Override
  public boolean messageComplete() {
    return true;
  }

  @Override
  public void earlyEOF() {
    malformed = "it ends too early";
  }

  @Override
  public void badMessage(HttpException failure) {
    malformed = failure.getReason() == null ? "malformed" : failure.getReason();
  }
}
