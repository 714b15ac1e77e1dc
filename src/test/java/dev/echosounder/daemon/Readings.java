package dev.echosounder.daemon;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a daemon's {@code /metrics} said at one moment. */
final class Readings {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String text;

  private Readings(String text) {
    this.text = text;
  }

  static Readings of(Daemon daemon) {
    URI uri = URI.create("http://127.0.0.1:" + daemon.port() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    try {
      return new Readings(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Those that are as wanted, for which it waits. */
  static Readings when(Daemon daemon, Predicate<Readings> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Readings now = of(daemon);
    while (!wanted.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ":\n" + now.events());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      now = of(daemon);
    }
    return now;
  }

  /** What has happened so far: every counter and gauge of ours that is not 0. */
  private String events() {
    return text.lines()
        .filter(line -> line.startsWith("echosounder_") && !line.contains("_bucket{"))
        .filter(line -> !line.endsWith(" 0.0") && !line.endsWith(" 0"))
        .collect(Collectors.joining("\n"));
  }

  /** Of all series of the metric. */
  double sum(String name) {
    return by(name, "").values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Of the series whose labels are so. */
  Readings of(String label, String value) {
    String wanted = label + "=\"" + value + "\"";
    return new Readings(
        text.lines().filter(l -> l.contains(wanted)).collect(Collectors.joining("\n")));
  }

  /** The sums by this label's values; series without it count under the empty one. */
  Map<String, Double> by(String name, String label) {
    Pattern value = Pattern.compile("[{,]" + label + "=\"([^\"]*)\"");
    Map<String, Double> sums = new TreeMap<>();
    text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .forEach(
            line -> {
              Matcher found = value.matcher(line);
              double number = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
              sums.merge(found.find() ? found.group(1) : "", number, Double::sum);
            });
    return sums;
  }
}
