package dev.echosounder.servers;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.stomp.Destination;
import io.vertx.ext.stomp.StompServer;
import io.vertx.ext.stomp.StompServerHandler;
import io.vertx.ext.stomp.StompServerOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Vert.x's STOMP server behind its WebSocket server, for the user {@code probe} with the passcode
 * {@code s3cret}; at {@code /open} for anybody. A destination is a queue if it begins with {@code
 * /queue}, else a topic.
 */
public final class VertxStomp {
  private static final long PATIENCE_SECONDS = 15;

  private VertxStomp() {}

  /** Starts one. */
  public static Start start() {
    Vertx vertx = Vertx.vertx();
    StompServer secured = server(vertx, "/stomp", true);
    StompServer open = server(vertx, "/open", false);
    HttpServer http =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions().setWebSocketSubProtocols(List.of("v12.stomp")))
                .webSocketHandshakeHandler(
                    h ->
                        (h.path().equals("/open") ? open : secured)
                            .webSocketHandshakeHandler()
                            .handle(h))
                .webSocketHandler(
                    s -> (s.path().equals("/open") ? open : secured).webSocketHandler().handle(s))
                .listen(0, Loopback.HOST));
    return new Start.Running(
        new InProcess("stomp", http.actualPort(), "/stomp", () -> await(vertx.close())));
  }

  /** Its handler takes the context of the thread that makes it, and fails without one. */
  private static StompServer server(Vertx vertx, String path, boolean secured) {
    StompServerOptions options =
        new StompServerOptions()
            .setPort(-1)
            .setWebsocketBridge(true)
            .setWebsocketPath(path)
            .setSecured(secured)
            .setHeartbeat(new JsonObject().put("x", 100).put("y", 100));
    Promise<StompServer> made = Promise.promise();
    vertx.runOnContext(
        x -> made.complete(StompServer.create(vertx, options).handler(handler(vertx))));
    return await(made.future());
  }

  private static StompServerHandler handler(Vertx vertx) {
    return StompServerHandler.create(vertx)
        .authProvider(
            credentials -> {
              UsernamePasswordCredentials given = (UsernamePasswordCredentials) credentials;
              return given.getUsername().equals("probe") && given.getPassword().equals("s3cret")
                  ? Future.succeededFuture(User.fromName(given.getUsername()))
                  : Future.failedFuture("bad credentials");
            })
        .destinationFactory(
            (v, name) ->
                name.startsWith("/queue")
                    ? Destination.queue(v, name)
                    : Destination.topic(v, name));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Vert.x is not done within 15 s", e);
    }
  }
}
