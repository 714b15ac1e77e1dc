package org.example.chat;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;

/** The application: it greets who joins, and lets nobody in without a token. */
public final class ChatServer implements AutoCloseable {
  private final Undertow undertow;

  public ChatServer() {
    HttpHandler chat = Handlers.websocket((exchange, channel) -> open(channel));
    undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(2)
            .setHandler(
                exchange -> {
                  if ("Bearer letmein".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    chat.handleRequest(exchange);
                  } else {
                    exchange.setStatusCode(401).endExchange();
                  }
                })
            .build();
    undertow.start();
  }

  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  private static void open(WebSocketChannel channel) {
    channel
        .getReceiveSetter()
        .set(
            new AbstractReceiveListener() {
              @Override
              protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
                answer(from, message.getData());
              }
            });
    channel.resumeReceives();
  }

  private static void answer(WebSocketChannel channel, String said) {
    if (said.startsWith("join ")) {
      WebSockets.sendText("welcome, " + said.substring(5), channel, null);
    } else if (said.equals("leave")) {
      WebSockets.sendClose(4000, "see you", channel, null);
    } else {
      WebSockets.sendText(said, channel, null);
    }
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
