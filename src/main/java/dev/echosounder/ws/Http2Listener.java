package dev.echosounder.ws;

import java.io.EOFException;
import java.util.Map;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;

/** Hears what ends all streams at once, and what explains it, and hands everything on to Jetty. */
record Http2Listener(Connection connection, Session.Listener jetty) implements Session.Listener {
  @Override
  public void onGoAway(Session session, GoAwayFrame frame) {
    String code = ErrorCode.toString(frame.getError(), "code " + frame.getError());
    connection.machine().note("GOAWAY " + code);
    jetty.onGoAway(session, frame);
  }

  @Override
  public Map<Integer, Integer> onPreface(Session session) {
    return jetty.onPreface(session);
  }

  @Override
  public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
    return jetty.onNewStream(stream, frame);
  }

  @Override
  public void onSettings(Session session, SettingsFrame frame) {
    jetty.onSettings(session, frame);
  }

  @Override
  public void onPing(Session session, PingFrame frame) {
    jetty.onPing(session, frame);
  }

  @Override
  public void onReset(Session session, ResetFrame frame) {
    jetty.onReset(session, frame);
  }

  @Override
  public void onClose(Session session, GoAwayFrame frame, Callback callback) {
    end(session, new EOFException("the HTTP/2 connection is closed"));
    jetty.onClose(session, frame, callback);
  }

  @Override
  public boolean onIdleTimeout(Session session) {
    return jetty.onIdleTimeout(session);
  }

  @Override
  public void onFailure(Session session, Throwable failure, Callback callback) {
    end(session, failure);
    jetty.onFailure(session, failure, callback);
  }

  /**
   * Jetty would abort the CONNECT, which it takes for unfinished, and so remove the stream without
   * a word to the WebSocket on it: that would stay open for ever.
   */
  private static void end(Session session, Throwable failure) {
    for (Stream stream : session.getStreams()) {
      if (((HTTP2Stream) stream).getAttachment() instanceof StreamEndPoint open) {
        open.end(failure);
      }
    }
  }
}
