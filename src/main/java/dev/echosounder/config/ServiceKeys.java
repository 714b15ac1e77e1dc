package dev.echosounder.config;

import dev.echosounder.ws.Header;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of {@code web}, {@code hold}, {@code otlp}, {@code history}, {@code logging}. */
final class ServiceKeys {
  private static final Key<Config.HostPort> LISTEN =
      Key.optional("listen", NetForms.LISTEN, "Where to listen. Default: 127.0.0.1:9115.");
  private static final Key<Path> CONFIG_FILE =
      Key.optional(
          "config_file", Forms.FILE, "TLS and users, in the Prometheus exporters' format.");
  private static final Key<Integer> MAX_CONNECTIONS =
      Key.optional("max_connections", Forms.integer(1, 65_535), "At the same time. Default: 512.");
  private static final Key<List<String>> SCHEMES =
      Key.optional(
          "schemes",
          Forms.list(Forms.choice(EndpointKeys.words("ws", "wss")), 1),
          "Allowed schemes. Default: both.");
  private static final Key<List<String>> HOSTS =
      Key.optional("hosts", Forms.list(NetForms.HOST, 0), "Allowed hosts, or *.example.org.");
  private static final Key<List<Cidr>> CIDRS =
      Key.optional(
          "cidrs",
          Forms.list(NetForms.CIDR, 0),
          "Allowed addresses, as dialled. Without: public ones.");
  private static final Key<Section> ALLOW =
      Key.optional(
          "allow",
          Layout.of(SCHEMES, HOSTS, CIDRS),
          "What /probe may reach. Without hosts and cidrs: nothing.");
  private static final Key<Integer> MAX_CONCURRENT =
      Key.optional("max_concurrent", Forms.integer(1, 10_000), "At the same time. Default: 32.");
  private static final Key<Duration> MAX_TIMEOUT =
      Key.optional(
          "max_timeout", CheckForm.TIMEOUT_FORM, "Whatever the request asks for. Default: 1m.");
  private static final Key<Section> PROBE =
      Key.optional("probe", Layout.of(ALLOW, MAX_CONCURRENT, MAX_TIMEOUT), "Bounds of /probe.");
  static final Key<Section> WEB =
      Key.optional("web", Layout.of(LISTEN, CONFIG_FILE, MAX_CONNECTIONS, PROBE), "The HTTP side.");

  private static final Key<URI> ENDPOINT =
      Key.required("endpoint", NetForms.HTTP_URL, "An OTLP/HTTP receiver's URL.");
  private static final Key<Duration> PUSH =
      Key.optional(
          "interval",
          Forms.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
          "How often metrics are pushed. Default: 1m.");
  private static final Key<Duration> PUSH_TIMEOUT =
      Key.optional("timeout", CheckForm.TIMEOUT_FORM, "Of one push. Default: 10s.");
  static final Key<Section> OTLP =
      Key.optional(
          "otlp",
          Layout.of(ENDPOINT, PUSH, PUSH_TIMEOUT, EndpointKeys.HEADERS),
          "Push metrics by OTLP. Without it they are only scraped.");

  private static final Key<Integer> CONNECTS =
      Key.optional(
          "connects_per_second",
          Forms.integer(1, 100_000),
          "Of all kept connections together, so that a herd comes back smoothly. Default: 200.");
  static final Key<Section> HOLD =
      Key.optional("hold", Layout.of(CONNECTS), "What checks of the kind hold share.");

  private static final Key<Integer> RESULTS =
      Key.optional("results", Forms.integer(1, 10_000), "Kept per check. Default: 60.");
  private static final Key<Integer> FAILURES =
      Key.optional("failures", Forms.integer(1, 10_000), "Kept longer, per check. Default: 10.");
  private static final Key<Long> MEMORY =
      Key.optional(
          "memory",
          Forms.size(1 << 20, 1L << 40),
          "For all results and transcripts together. Default: 64MiB.");
  static final Key<Section> HISTORY =
      Key.optional("history", Layout.of(RESULTS, FAILURES, MEMORY), "What is remembered.");

  private static final Key<Config.Logging.Level> LEVEL =
      Key.optional("level", Forms.choice(labels(Config.Logging.Level.values())), "Default: info.");
  private static final Key<Config.Logging.Format> FORMAT =
      Key.optional(
          "format", Forms.choice(labels(Config.Logging.Format.values())), "Default: text.");
  static final Key<Section> LOGGING =
      Key.optional("logging", Layout.of(LEVEL, FORMAT), "What is logged, and how.");

  private ServiceKeys() {}

  static Config.Web web(@Nullable Section given) {
    Layered web = new Layered(given, null);
    Layered probe = web.nested(PROBE);
    Layered allow = probe.nested(ALLOW);
    return new Config.Web(
        web.get(LISTEN, new Config.HostPort("127.0.0.1", 9115)),
        web.get(CONFIG_FILE),
        web.get(MAX_CONNECTIONS, 512),
        new Config.Probe(
            new Config.Allow(
                allow.get(SCHEMES, List.of("ws", "wss")),
                allow.get(HOSTS, List.of()),
                allow.get(CIDRS, List.of())),
            probe.get(MAX_CONCURRENT, 32),
            probe.get(MAX_TIMEOUT, Duration.ofMinutes(1))));
  }

  static Config.@Nullable Otlp otlp(@Nullable Section given) {
    if (given == null || given.broken()) {
      return null;
    }
    List<Header> headers = given.get(EndpointKeys.HEADERS, List.of());
    return new Config.Otlp(
        given.require(ENDPOINT),
        given.get(PUSH, Duration.ofMinutes(1)),
        given.get(PUSH_TIMEOUT, Duration.ofSeconds(10)),
        headers);
  }

  static int connectsPerSecond(@Nullable Section given) {
    return new Layered(given, null).get(CONNECTS, 200);
  }

  static Config.History history(@Nullable Section given) {
    Layered history = new Layered(given, null);
    return new Config.History(
        history.get(RESULTS, 60), history.get(FAILURES, 10), history.get(MEMORY, 64L << 20));
  }

  static Config.Logging logging(@Nullable Section given) {
    Layered logging = new Layered(given, null);
    return new Config.Logging(
        logging.get(LEVEL, Config.Logging.Level.INFO),
        logging.get(FORMAT, Config.Logging.Format.TEXT));
  }

  private static <E extends Enum<E>> Map<String, E> labels(E[] values) {
    Map<String, E> labels = new LinkedHashMap<>();
    for (E value : values) {
      labels.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    return labels;
  }
}
