package dev.echosounder.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code health}: what a container's health check runs, for want of any other HTTP client there.
 */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a running daemon whether it is healthy: 0 if it answers with 200, else 1.",
      "For the health checks of containers."
    })
final class HealthCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "Default: http://127.0.0.1:9115/-/healthy")
  private URI url = URI.create("http://127.0.0.1:9115/-/healthy");

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "For connecting, and for the answer. Default: 3s.")
  private Duration timeout = Duration.ofSeconds(3);

  HealthCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    if (url.getHost() == null || !"http".equals(url.getScheme())) {
      throw new BadInput("expected a URL such as http://127.0.0.1:9115/-/healthy, got " + url);
    }
    String seen;
    try {
      int status = status();
      if (status == HttpURLConnection.HTTP_OK) {
        io.print("healthy\n");
        return Exit.PASSED;
      }
      seen = "answered " + status;
    } catch (IOException e) {
      seen = e.toString();
    }
    io.print("unhealthy: " + url + " " + seen + "\n");
    return Exit.FAILED;
  }

  /** Of the JDK's two clients the one that starts in no time, without a thread. */
  private int status() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
    int millis = Math.toIntExact(timeout.toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
