package dev.echosounder.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Remembers which alerts Alertmanager told its receivers. */
final class Webhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Set<String> told = new ConcurrentSkipListSet<>();
  private final Set<String> texts = new ConcurrentSkipListSet<>();

  private Webhook(HttpServer server) {
    this.server = server;
  }

  static Webhook start() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    Webhook webhook = new Webhook(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    webhook.server.createContext("/", webhook::receive);
    webhook.server.start();
    return webhook;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
      for (JsonNode alert : message.path("alerts")) {
        if (alert.path("status").asString().equals("firing")) {
          told.add(exchange.getRequestURI().getPath() + " " + about(alert));
          alert.path("annotations").forEach(text -> texts.add(text.asString()));
        }
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** An alert's name, and what it is about: a target, or else a prober. */
  static String about(JsonNode alert) {
    JsonNode labels = alert.path("labels");
    String instance = labels.path("instance").asString("");
    return labels.path("alertname").asString() + " " + labels.path("target").asString(instance);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Path of the receiver and {@link #about} of all alerts so far. */
  Set<String> told() {
    return new TreeSet<>(told);
  }

  /** Every annotation of theirs. */
  Set<String> texts() {
    return new TreeSet<>(texts);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
