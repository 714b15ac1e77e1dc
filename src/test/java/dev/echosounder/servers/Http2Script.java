package dev.echosounder.servers;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.RawHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty's HTTP/2 layer alone, in clear text, which does to an extended CONNECT what its path says;
 * those that open it send the text "hi" first, and do the rest once the client says something.
 */
public final class Http2Script implements ServerSessionListener, AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector;
  private final Map<Integer, Integer> settings;

  private Http2Script(Map<Integer, Integer> settings) {
    this.settings = settings;
    RawHTTP2ServerConnectionFactory http2 =
        new RawHTTP2ServerConnectionFactory(new HttpConfiguration(), this);
    http2.setConnectProtocolEnabled(settings.isEmpty());
    connector = new ServerConnector(server, 1, 1, http2);
  }

  /** One that allows WebSocket. */
  public static Http2Script start() {
    return start(Map.of());
  }

  /** One that does not: its SETTINGS say so (RFC 8441 §3). */
  public static Http2Script withoutWebSocket() {
    return start(Map.of(SettingsFrame.ENABLE_CONNECT_PROTOCOL, 0));
  }

  private static Http2Script start(Map<Integer, Integer> settings) {
    Http2Script script = new Http2Script(settings);
    script.connector.setHost(Loopback.HOST);
    script.server.addConnector(script.connector);
    try {
      script.server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
    return script;
  }

  /** Where {@code path} is done. */
  public URI uri(String path) {
    return Loopback.ws(connector.getLocalPort(), path);
  }

  @Override
  public Map<Integer, Integer> onPreface(Session session) {
    return settings;
  }

  @Override
  public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
    String path = ((MetaData.Request) frame.getMetaData()).getHttpURI().getPath();
    switch (path) {
      case "/refuse-stream" -> reset(stream, ErrorCode.REFUSED_STREAM_ERROR);
      case "/goaway" -> goAway(stream);
      case "/no-answer" -> {}
      case "/cut" -> endPoint(stream).close();
      default -> open(stream, path);
    }
    return new Stream.Listener() {
      @Override
      public void onDataAvailable(Stream readable) {
        Stream.Data data = readable.readData();
        if (data != null) {
          data.release();
          afterwards(readable, path);
        }
      }
    };
  }

  private static void open(Stream stream, String path) {
    MetaData.Response ok = new MetaData.Response(200, null, HttpVersion.HTTP_2, HttpFields.EMPTY);
    byte[] hi = {(byte) 0x81, 2, 'h', 'i'};
    stream
        .headers(new HeadersFrame(stream.getId(), ok, null, false))
        .thenCompose(s -> s.data(new DataFrame(s.getId(), ByteBuffer.wrap(hi), false)))
        .thenAccept(
            s -> {
              if (path.startsWith("/glued-")) {
                afterwards(s, path.replace("glued-", ""));
              } else {
                s.demand();
              }
            });
  }

  private static void afterwards(Stream stream, String path) {
    switch (path) {
      case "/reset" -> reset(stream, ErrorCode.CANCEL_STREAM_ERROR);
      case "/end" -> end(stream, new byte[0]);
      case "/close" -> end(stream, close(4001, "bye"));
      case "/close-cut" -> {
        // The close frame and the end of TCP arrive in one segment, or nearly.
        DataFrame last = new DataFrame(stream.getId(), ByteBuffer.wrap(close(4001, "bye")), true);
        stream.data(last, Callback.from(() -> endPoint(stream).close()));
      }
      case "/goaway-later" -> goAway(stream);
      case "/close-reset" -> {
        DataFrame last = new DataFrame(stream.getId(), ByteBuffer.wrap(close(4001, "bye")), false);
        stream.data(last, Callback.from(() -> reset(stream, ErrorCode.CANCEL_STREAM_ERROR)));
      }
      case "/fin" -> endPoint(stream).close();
      default -> {}
    }
  }

  private static org.eclipse.jetty.io.EndPoint endPoint(Stream stream) {
    return ((org.eclipse.jetty.http2.HTTP2Session) stream.getSession()).getEndPoint();
  }

  private static void reset(Stream stream, ErrorCode code) {
    stream.reset(new ResetFrame(stream.getId(), code.code), Callback.NOOP);
  }

  private static void end(Stream stream, byte[] last) {
    stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(last), true), Callback.NOOP);
  }

  private static void goAway(Stream stream) {
    int code = ErrorCode.ENHANCE_YOUR_CALM_ERROR.code;
    stream.getSession().close(code, "too much", Callback.NOOP);
    endPoint(stream).close();
  }

  private static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + text.length)
        .put((byte) 0x88)
        .put((byte) (2 + text.length))
        .putShort((short) code)
        .put(text)
        .array();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }
}
