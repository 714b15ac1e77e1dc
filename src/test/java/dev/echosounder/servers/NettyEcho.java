package dev.echosounder.servers;

import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's WebSocket handlers in a pipeline of their own. Seen of 4.2.6: 400 for a plain request and
 * for a missing key, 426 for version 12; an unknown subprotocol is accepted with no header; an
 * empty close is answered by an empty one, the illegal code 1005 with 1000 "Bye". After a close
 * frame for bad UTF-8 (1007), an unmasked frame (1002) or a too-big message (1009) it sends a
 * second one with 1000 "Bye"; closing by itself, it answers the peer's answer with another close
 * frame. RSV1 is accepted although no extension was agreed, and comes back in the echo.
 */
final class NettyEcho extends ChannelInitializer<Channel> {
  private static final int MAX_REQUEST_BYTES = 64 * 1024;

  /** How long a connection may last, whatever it does; null for ever. */
  private final @Nullable Duration lifetime;

  /** Null for plain TCP. */
  private final @Nullable SslContext tls;

  private NettyEcho(@Nullable Duration lifetime, @Nullable SslContext tls) {
    this.lifetime = lifetime;
    this.tls = tls;
  }

  static EchoServer start(String name) {
    return start(name, null);
  }

  /** The same, cutting TCP without a close frame when a connection has that age. */
  static EchoServer start(String name, @Nullable Duration lifetime) {
    return start(name, lifetime, null);
  }

  /** The same, speaking TLS; its URI says ws all the same. */
  static EchoServer start(String name, @Nullable Duration lifetime, @Nullable SslContext tls) {
    EventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    Channel listener =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(new NettyEcho(lifetime, tls))
            .bind(Loopback.HOST, 0)
            .syncUninterruptibly()
            .channel();
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    return new InProcess(name, port, () -> stop(listener, threads));
  }

  /** The listener first: a group that terminates with it open leaves the port accepting a while. */
  private static void stop(Channel listener, EventLoopGroup threads) {
    listener.close().syncUninterruptibly();
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Override
  protected void initChannel(Channel channel) {
    WebSocketServerProtocolConfig config =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .subprotocols(EchoServer.SUBPROTOCOL)
            .allowExtensions(true)
            .maxFramePayloadLength(EchoServer.MAX_MESSAGE_BYTES)
            .build();
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_REQUEST_BYTES),
            new UnknownPath(),
            new WebSocketServerCompressionHandler(EchoServer.MAX_MESSAGE_BYTES),
            new WebSocketServerProtocolHandler(config),
            new WebSocketFrameAggregator(EchoServer.MAX_MESSAGE_BYTES),
            new Echo(lifetime));
  }

  /** Netty has no answer of its own to a path nobody handles. */
  private static final class UnknownPath extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Set<String> KNOWN = Set.of("/echo", "/close");

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (KNOWN.contains(new QueryStringDecoder(request.uri()).path())) {
        context.fireChannelRead(request.retain());
        return;
      }
      DefaultFullHttpResponse response = new DefaultFullHttpResponse(HTTP_1_1, NOT_FOUND);
      HttpUtil.setContentLength(response, 0);
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final @Nullable Duration lifetime;
    private boolean closing;

    Echo(@Nullable Duration lifetime) {
      this.lifetime = lifetime;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof HandshakeComplete done) {
        closing = done.requestUri().startsWith("/close");
        if (lifetime != null) {
          // From the first handler on, none sends a close frame.
          ChannelHandlerContext tcp = context.pipeline().firstContext();
          context.executor().schedule(() -> tcp.close(), lifetime.toMillis(), MILLISECONDS);
        }
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      if (closing) {
        // TCP is closed by WebSocketServerProtocolHandler once the peer's close frame is in.
        context
            .writeAndFlush(new CloseWebSocketFrame(EchoServer.CLOSE_CODE, EchoServer.CLOSE_REASON))
            .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      } else if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
        context
            .writeAndFlush(frame.retain())
            .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
      }
    }
  }
}
