package dev.echosounder.servers;

import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Undertow's own WebSocket API, without servlets. Seen of 2.3.18: a request that isn't a complete
 * handshake (no key, version 12) gets the 404 of an unknown path; an unknown subprotocol is
 * accepted with no header; an empty close is answered with 1000, the illegal code 1005 with 1002;
 * TCP is closed right after its own close frame, without waiting for the peer's; a half-closed TCP
 * connection still gets its echo, then an empty close; a too-big message gets 1009.
 */
final class UndertowEcho {
  private UndertowEcho() {}

  static EchoServer start(String name) {
    PathHandler paths =
        new PathHandler(ResponseCodeHandler.HANDLE_404)
            .addExactPath("/echo", upgrade(Echo::new))
            .addExactPath("/close", upgrade(Closing::new));
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, Loopback.HOST)
            .setIoThreads(2)
            .setWorkerThreads(2)
            .setHandler(paths)
            .build();
    server.start();
    InetSocketAddress bound =
        (InetSocketAddress) server.getListenerInfo().iterator().next().getAddress();
    return new InProcess(name, bound.getPort(), server::stop);
  }

  private static WebSocketProtocolHandshakeHandler upgrade(
      Supplier<AbstractReceiveListener> receiver) {
    WebSocketConnectionCallback receive =
        (exchange, channel) -> {
          channel.getReceiveSetter().set(receiver.get());
          channel.resumeReceives();
        };
    return new WebSocketProtocolHandshakeHandler(
            List.of(new Hybi13Handshake(Set.of(EchoServer.SUBPROTOCOL), false)),
            receive,
            ResponseCodeHandler.HANDLE_404)
        .addExtension(new PerMessageDeflateHandshake());
  }

  private static class Limited extends AbstractReceiveListener {
    @Override
    protected long getMaxTextBufferSize() {
      return EchoServer.MAX_MESSAGE_BYTES;
    }

    @Override
    protected long getMaxBinaryBufferSize() {
      return EchoServer.MAX_MESSAGE_BYTES;
    }
  }

  private static final class Echo extends Limited {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      WebSockets.sendText(message.getData(), channel, null);
    }

    @Override
    @SuppressWarnings("deprecation") // The only way to a message's bytes; it has no successor.
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      // The buffers go back to the pool when this method returns, the write may end later: copy.
      try (org.xnio.Pooled<ByteBuffer[]> pooled = message.getData()) {
        WebSockets.sendBinary(WebSockets.mergeBuffers(pooled.getResource()), channel, null);
      }
    }
  }

  private static final class Closing extends Limited {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      bye(channel);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      message.getData().free();
      bye(channel);
    }

    private static void bye(WebSocketChannel channel) {
      WebSockets.sendClose(EchoServer.CLOSE_CODE, EchoServer.CLOSE_REASON, channel, null);
    }
  }
}
