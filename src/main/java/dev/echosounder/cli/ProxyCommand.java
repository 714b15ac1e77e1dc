package dev.echosounder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.peer.proxy.FaultProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proxy}: the fault proxy on its own, until it is told to stop. */
@Command(
    name = "proxy",
    mixinStandardHelpOptions = true,
    description = {
      "Stands before a WebSocket server and injects faults, until SIGINT or SIGTERM.",
      "Prints what it did when it stops."
    })
final class ProxyCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--to", required = true, paramLabel = "URL", description = "ws://host:port.")
  private URI to = URI.create("");

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Default: 127.0.0.1.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "PORT", description = "Default: 0, a free one.")
  private int port;

  @Option(
      names = "--fault",
      paramLabel = "WORDS",
      description =
          "Such as \"drop frame 3 from the server\"; can be repeated. It lists all forms.")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--stdin",
      description = "Read more faults from standard input, one a line; empty: show what was done.")
  private boolean stdin;

  ProxyCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    if (port < 0 || port > 65_535) {
      throw new BadInput("--port: expected 0 to 65535, got " + port);
    }
    List<Fault> parsed = faults.stream().map(ProxyCommand::parse).toList();
    FaultProxy proxy = start();
    parsed.forEach(proxy::apply);
    // SIGINT and SIGTERM run the hook; the JVM ends when it returns.
    Thread hook = new Thread(() -> stop(proxy), "proxy-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      greet(proxy);
      if (stdin) {
        listen(proxy);
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Runtime.getRuntime().removeShutdownHook(hook);
      stop(proxy);
    }
    return Exit.PASSED;
  }

  private static Fault parse(String words) {
    try {
      return Fault.parse(words);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--fault: " + e.getMessage());
    }
  }

  private FaultProxy start() {
    try {
      return FaultProxy.start(to, host, port);
    } catch (IllegalArgumentException e) {
      throw new BadInput("--to: " + e.getMessage());
    } catch (IllegalStateException e) {
      Throwable cause = e.getCause();
      throw new BadInput(e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
    }
  }

  private void greet(FaultProxy proxy) {
    io.print("listening on " + proxy.uri("/") + ", before " + to + "\n");
    io.print("\nFaults; frames are counted from 1 for each connection and side:\n\n");
    Fault.forms().forEach(form -> io.print("  " + form + "\n"));
    io.print("\nStop it with Ctrl-C.\n");
    io.out().flush();
  }

  /** Until standard input ends. */
  private void listen(FaultProxy proxy) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (!line.isBlank()) {
          apply(proxy, line);
        }
        tell(proxy.ledger());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void apply(FaultProxy proxy, String words) {
    try {
      proxy.apply(Fault.parse(words));
    } catch (IllegalArgumentException e) {
      io.err().println("error: " + e.getMessage());
    }
  }

  private void stop(FaultProxy proxy) {
    tell(proxy.ledger());
    proxy.close();
  }

  private void tell(FaultLedger ledger) {
    StringBuilder text = new StringBuilder();
    text.append("opened ").append(ledger.opened()).append(", open ").append(ledger.open());
    text.append(", frames passed on ").append(ledger.passed());
    new TreeMap<>(ledger.ends()).forEach((how, count) -> add(text, how, count));
    new TreeMap<>(ledger.frames()).forEach((act, count) -> add(text, act, count));
    if (ledger.refused() > 0) {
      text.append(", refused ").append(ledger.refused());
    }
    io.print(text.append('\n').toString());
    io.out().flush();
  }

  private static void add(StringBuilder text, Enum<?> what, long count) {
    if (count > 0) {
      text.append(", ").append(what.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      text.append(' ').append(count);
    }
  }
}
