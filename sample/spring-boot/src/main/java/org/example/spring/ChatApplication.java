package org.example.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** The application: it greets. */
@SpringBootApplication
@EnableWebSocket
public class ChatApplication {
  @Bean
  WebSocketConfigurer chat() {
    return registry -> registry.addHandler(new Greeter(), "/chat");
  }

  static class Greeter extends TextWebSocketHandler {
    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message)
        throws Exception {
      session.sendMessage(new TextMessage("welcome, " + message.getPayload()));
    }
  }

  public static void main(String[] args) {
    SpringApplication.run(ChatApplication.class, args);
  }
}
