package dev.echosounder.bench;

import dev.echosounder.ws.Client;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Answers: how much does our way of measuring add to an echo's round trip on a held connection?
 * Ours, as {@code probe --count} reports it, the JDK's own client and ws on Node.js, against a bare
 * blocking socket, on the same server, in blocks that alternate so that all see the same machine:
 * {@code RoundTrip [ROUNDS]}, of 1,000 each.
 */
final class RoundTrip {
  static final String TEXT = "Hello";
  static final int BLOCK = 1_000;

  private static final int WARM_UP_FACTOR = 3;

  private RoundTrip() {}

  /** One that sends {@link #TEXT} and takes the time to its echo. */
  interface Way {
    /** Nanoseconds of {@link #BLOCK} round trips, one after the other. */
    long[] block() throws Exception;
  }

  private static final class Row {
    private final String name;
    private final Way way;
    private final long[] all;

    Row(String name, Way way, int rounds) {
      this.name = name;
      this.way = way;
      all = new long[rounds * BLOCK];
    }
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    try (EchoProgram server = EchoProgram.start();
        Client client = Client.create();
        RawSocket socket = new RawSocket(server.uri());
        JdkRoundTrip jdk = new JdkRoundTrip(server.uri())) {
      Optional<NodeRoundTrip> node = NodeRoundTrip.start(server.uri());
      List<Row> rows = new ArrayList<>();
      rows.add(new Row("bare blocking socket", () -> socket.block(text, BLOCK), rounds));
      rows.add(
          new Row(
              "ours, as probe reports it",
              new OurRoundTrip(client, server.uri(), scheduler),
              rounds));
      rows.add(new Row("JDK's own client", jdk, rounds));
      node.ifPresent(ws -> rows.add(new Row("ws on Node.js", ws, rounds)));
      measure(rows, rounds);
      System.out.printf(
          "round trip on a held connection, µs (%,d each); the server: %s%n",
          rounds * BLOCK, server.name());
      print(rows);
      if (node.isEmpty()) {
        System.out.println("no node, or no packages (npm ci --prefix src/test/node): not compared");
      } else {
        node.get().close();
      }
    } finally {
      scheduler.shutdownNow();
    }
  }

  private static void measure(List<Row> rows, int rounds) throws Exception {
    for (int round = -WARM_UP_FACTOR * rounds; round < rounds; round++) {
      for (Row row : rows) {
        System.arraycopy(row.way.block(), 0, row.all, Math.max(round, 0) * BLOCK, BLOCK);
      }
    }
    rows.forEach(row -> Arrays.sort(row.all));
  }

  private static void print(List<Row> rows) {
    System.out.printf("%-28s %8s %8s %8s %10s%n", "", "p50", "p90", "p99", "p50 ratio");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      System.out.printf(
          "%-28s %8.1f %8.1f %8.1f %10.2f%n",
          row.name,
          at(row.all, 0.5) / 1e3,
          at(row.all, 0.9) / 1e3,
          at(row.all, 0.99) / 1e3,
          ratio(rows, i));
    }
    System.out.printf("RESULT\techo round trip, p50\t%.2f\tx bare socket\t<=1.3%n", ratio(rows, 1));
    System.out.printf(
        "RESULT\techo round trip of the JDK's own client, p50\t%.2f\tx bare socket\t%n",
        ratio(rows, 2));
  }

  private static double ratio(List<Row> rows, int row) {
    return (double) at(rows.get(row).all, 0.5) / at(rows.get(0).all, 0.5);
  }

  private static long at(long[] sorted, double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))];
  }
}
