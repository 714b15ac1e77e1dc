package dev.echosounder.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** HTTP by hand, for what a well-behaved client would not send. */
final class Raw {
  private static final int DEADLINE_MILLIS = 10_000;

  private Raw() {}

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(DEADLINE_MILLIS);
    return socket;
  }

  static HttpResponse<String> get(int port, String path) throws IOException {
    return send(port, "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  }

  /** Sends the request and reads until the server closes. */
  static HttpResponse<String> send(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new Answer(until(socket.getInputStream(), null));
    }
  }

  /** Sends a request and resets the connection at once. */
  static void leave(int port, String path) throws IOException {
    try (Socket socket = connect(port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoLinger(true, 0);
    }
  }

  /** Reads to {@code end}, or to the stream's end. */
  static String until(InputStream in, @Nullable String end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) >= 0) {
      bytes.write(next);
      if (end != null && bytes.toString(StandardCharsets.UTF_8).endsWith(end)) {
        break;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Whether the server ends the connection before the deadline. */
  static boolean ends(Socket socket) throws IOException {
    try {
      until(socket.getInputStream(), null);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // Reset, because our bytes were still on their way.
    }
  }

  /** The headers without the one that changes with every second. */
  static Map<String, List<String>> undated(HttpResponse<?> response) {
    Map<String, List<String>> headers = new HashMap<>(response.headers().map());
    headers.remove("date");
    return headers;
  }

  private record Answer(String text) implements HttpResponse<String> {
    @Override
    public int statusCode() {
      return Integer.parseInt(text.split(" ", 3)[1]);
    }

    @Override
    public String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    @Override
    public HttpHeaders headers() {
      Map<String, List<String>> all = new HashMap<>();
      text.substring(0, text.indexOf("\r\n\r\n"))
          .lines()
          .skip(1)
          .map(line -> line.split(": ", 2))
          .forEach(h -> all.computeIfAbsent(h[0], n -> new ArrayList<>()).add(h[1]));
      return HttpHeaders.of(all, (name, value) -> true);
    }

    @Override
    public HttpRequest request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      throw new UnsupportedOperationException();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
