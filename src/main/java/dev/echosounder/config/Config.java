package dev.echosounder.config;

import dev.echosounder.ws.Header;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, valid, its references resolved. Immutable. Its text form and {@link
 * #redactedYaml()} hold no secret; its values do: pass what is printed through {@link #redactor()}.
 *
 * @param targets in the order of the file, names unique
 * @param modules for {@code /probe}, by name
 * @param connectsPerSecond how many kept connections may be opened in a second, all together
 * @param otlp null if metrics are not pushed
 * @param redactedYaml the file with its references as they stand and its plain secrets hidden,
 *     without comments
 */
public record Config(
    List<ConfiguredTarget> targets,
    List<Discovery> discovery,
    Map<String, Module> modules,
    Web web,
    int connectsPerSecond,
    @Nullable Otlp otlp,
    History history,
    Logging logging,
    Redactor redactor,
    String redactedYaml) {

  public Config {
    targets = List.copyOf(targets);
    discovery = List.copyOf(discovery);
    modules = Map.copyOf(modules);
  }

  /**
   * Targets that a list elsewhere names.
   *
   * @param refresh how often the list is read again
   */
  public record Discovery(String name, Source source, Duration refresh, Template template) {}

  /** Where a list of targets is. */
  public sealed interface Source {}

  /**
   * Files in Prometheus' {@code file_sd} format.
   *
   * @param patterns absolute; the last part may be a glob
   */
  public record Files(List<Path> patterns) implements Source {}

  /** A server that answers in Prometheus' {@code http_sd} format. */
  public record Http(URI url, List<Header> headers, Duration timeout, long maxBytes)
      implements Source {}

  /** What {@code /probe?module=} runs. */
  public record Module(Template template) {}

  /**
   * The daemon's HTTP side.
   *
   * @param configFile TLS and users, in the format of the Prometheus exporters; null for neither
   */
  public record Web(HostPort listen, @Nullable Path configFile, int maxConnections, Probe probe) {}

  /** Where to listen; an empty host means every address. */
  public record HostPort(String host, int port) {}

  /** Bounds of {@code /probe}. */
  public record Probe(Allow allow, int maxConcurrent, Duration maxTimeout) {}

  /**
   * What {@code /probe} may reach: nothing if hosts and cidrs are both empty.
   *
   * @param hosts exact names, or {@code *.example.org} for every name below; empty means all
   * @param cidrs empty means every public address, for whoever runs a name's DNS could point it at
   *     our own network; and addresses that {@code hosts} names
   */
  public record Allow(List<String> schemes, List<String> hosts, List<Cidr> cidrs) {
    /** Whether a target may be dialled as far as its URL tells. */
    public boolean url(URI uri) {
      String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
      return schemes.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
          && !(hosts.isEmpty() && cidrs.isEmpty())
          && (hosts.isEmpty() || hosts.stream().anyMatch(h -> matches(h, host)));
    }

    /** Whether this address may be dialled: to be asked of the very address that is used. */
    public boolean address(InetAddress address) {
      return !(hosts.isEmpty() && cidrs.isEmpty())
          && (cidrs.isEmpty()
              ? Cidr.isPublic(address) || hosts.contains(address.getHostAddress())
              : cidrs.stream().anyMatch(c -> c.contains(address)));
    }

    private static boolean matches(String pattern, String host) {
      return pattern.startsWith("*.")
          ? host.endsWith(pattern.substring(1)) && host.length() >= pattern.length()
          : host.equals(pattern);
    }
  }

  /** Where metrics are pushed to. */
  public record Otlp(URI endpoint, Duration interval, Duration timeout, List<Header> headers) {
    /** Not the headers: they hold tokens. */
    @Override
    public String toString() {
      return "Otlp[every " + interval + "]";
    }
  }

  /** How many results of each check are kept; failures are kept longer. */
  public record History(int results, int failures, long bytes) {}

  /** What is logged, and how. */
  public record Logging(Level level, Format format) {
    /** The least severe level that is logged. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG
    }

    /** How a line looks. */
    public enum Format {
      TEXT,
      JSON
    }
  }

  /** Sizes only: the values may be secret. */
  @Override
  public String toString() {
    return "Config[%d targets, %d discoveries, %d modules]"
        .formatted(targets.size(), discovery.size(), modules.size());
  }
}
