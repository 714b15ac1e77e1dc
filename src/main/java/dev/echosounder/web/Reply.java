package dev.echosounder.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A response as a value. */
record Reply(int status, Map<String, String> headers, ByteBuffer body) {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";

  /** Smaller bodies fit one packet anyway. */
  private static final int WORTH_PACKING = 1_400;

  static Reply text(int status, String text) {
    return of(status, TEXT, text.endsWith("\n") ? text : text + "\n");
  }

  static Reply of(int status, String type, String body) {
    return new Reply(
        status,
        Map.of("Content-Type", type),
        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
  }

  Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  void send(Request request, Response response, Callback callback) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    Reply sent = packs(accepted) ? packed() : this;
    response.setStatus(sent.status);
    sent.headers.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.body.remaining());
    // Jetty leaves the body out of the answer to HEAD.
    response.write(true, sent.body, callback);
  }

  private boolean packs(@Nullable String accepted) {
    return accepted != null
        && accepted.contains("gzip")
        && !accepted.replace(" ", "").matches(".*gzip;q=0(\\.0*)?(,.*)?")
        && !headers.containsKey("Content-Encoding")
        && body.remaining() >= WORTH_PACKING;
  }

  private Reply packed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.remaining() / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] plain = new byte[body.remaining()];
      body.duplicate().get(plain);
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Into memory: it can't happen.
    }
    return new Reply(status, headers, ByteBuffer.wrap(bytes.toByteArray()))
        .with("Content-Encoding", "gzip")
        .with("Vary", "Accept-Encoding");
  }
}
