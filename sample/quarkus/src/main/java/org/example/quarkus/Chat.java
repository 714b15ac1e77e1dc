package org.example.quarkus;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;

/** The application: it greets who says a name, and says good-bye to who leaves. */
@WebSocket(path = "/chat")
public class Chat {
  @OnTextMessage
  Uni<Void> answer(String said, WebSocketConnection connection) {
    return said.equals("leave")
        ? connection.close(new CloseReason(4000, "see you"))
        : connection.sendText("welcome, " + said);
  }
}
