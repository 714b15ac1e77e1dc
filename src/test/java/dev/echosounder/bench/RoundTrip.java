package dev.echosounder.bench;

import dev.echosounder.servers.EchoServer;
import dev.echosounder.servers.ServerKind;
import dev.echosounder.ws.Client;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Inbox;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Answers: how much does our way of measuring add to an echo's round trip on a held connection?
 * Ours, as the timeline reports it, against a bare blocking socket, on the same Netty server, in
 * blocks that alternate so that both see the same machine.
 */
final class RoundTrip {
  private static final int ROUNDS = 20;
  private static final int BLOCK = 1_000;
  private static final int WARM_UP_ROUNDS = 5;
  private static final String TEXT = "Hello";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private RoundTrip() {}

  public static void main(String[] args) throws Exception {
    long[] raw = new long[ROUNDS * BLOCK];
    long[] ours = new long[ROUNDS * BLOCK];
    try (EchoServer server = ServerKind.NETTY.startOrSkip();
        Client client = Client.create();
        RawSocket socket = new RawSocket(server.uri())) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        int at = Math.max(round, 0) * BLOCK;
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < BLOCK; i++) {
          raw[at + i] = socket.roundTrip(text);
        }
        measure(client, server.uri(), ours, at);
      }
    }
    Arrays.sort(raw);
    Arrays.sort(ours);
    System.out.printf("round trip on a held connection, µs (%,d each)%n", raw.length);
    System.out.printf("%-28s %8s %8s %8s%n", "", "p50", "p90", "p99");
    print("bare blocking socket", raw);
    print("Echosounder's timeline", ours);
    System.out.printf(
        "%-28s %8.2f %8.2f %8.2f%n",
        "ratio", ratio(ours, raw, 0.5), ratio(ours, raw, 0.9), ratio(ours, raw, 0.99));
  }

  /** One connection a block; the timeline keeps all its frames, so it is read once, at the end. */
  private static void measure(Client client, URI uri, long[] into, int at) throws Exception {
    Inbox inbox = new Inbox();
    Connection connection = client.open(Target.of(uri), inbox, 2 * BLOCK + 2);
    connection.opened().get(5, TimeUnit.SECONDS);
    for (int i = 0; i < BLOCK; i++) {
      connection.sendText(TEXT);
      if (inbox.next(PATIENCE).isEmpty()) {
        throw new IllegalStateException("no echo");
      }
    }
    connection.close(1000, "").get(5, TimeUnit.SECONDS);
    List<Event> events = connection.timeline().events();
    long sent = 0;
    int count = 0;
    for (Event event : events) {
      if (event instanceof Event.Sent) {
        sent = event.nanos();
      } else if (event instanceof Event.Received && count < BLOCK) {
        into[at + count++] = event.nanos() - sent;
      }
    }
  }

  private static void print(String name, long[] sorted) {
    System.out.printf(
        "%-28s %8.1f %8.1f %8.1f%n",
        name, at(sorted, 0.5) / 1e3, at(sorted, 0.9) / 1e3, at(sorted, 0.99) / 1e3);
  }

  private static double ratio(long[] ours, long[] raw, double quantile) {
    return (double) at(ours, quantile) / at(raw, quantile);
  }

  private static long at(long[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))];
  }
}
