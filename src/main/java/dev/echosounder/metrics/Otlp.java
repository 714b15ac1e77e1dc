package dev.echosounder.metrics;

import io.micrometer.core.ipc.http.HttpUrlConnectionSender;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpHttpMetricsSender;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where to push metrics by OTLP over HTTP, besides serving them.
 *
 * @param url of the collector's metrics path: {@code http://127.0.0.1:4318/v1/metrics}
 * @param step from one push to the next
 * @param timeout to connect, and again to be answered; a push that takes longer is lost
 * @param headers sent with each push; may hold secrets
 * @param resource what the pushing process says of itself, for example {@code service.name}
 */
public record Otlp(
    URI url,
    Duration step,
    Duration timeout,
    Map<String, String> headers,
    Map<String, String> resource) {

  public Otlp {
    if (step.isZero() || step.isNegative()) {
      throw new IllegalArgumentException("expected a step above 0, got " + step);
    }
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }

  /** Leaves out the headers, which may hold secrets. */
  @Override
  public String toString() {
    return "Otlp[url=%s, step=%s]".formatted(url, step);
  }

  /** A registry that pushes on a thread of its own until it is closed. */
  OtlpMeterRegistry registry() {
    return OtlpMeterRegistry.builder(config())
        .metricsSender(new OtlpHttpMetricsSender(new HttpUrlConnectionSender(timeout, timeout)))
        .build();
  }

  private OtlpConfig config() {
    return new OtlpConfig() {
      @Override
      public @Nullable String get(String key) {
        return null;
      }

      @Override
      public String url() {
        return url.toString();
      }

      @Override
      public Duration step() {
        return step;
      }

      @Override
      public TimeUnit baseTimeUnit() {
        return TimeUnit.SECONDS; // As the names say; Micrometer's default is milliseconds.
      }

      @Override
      public Map<String, String> headers() {
        return headers;
      }

      @Override
      public Map<String, String> resourceAttributes() {
        return resource;
      }
    };
  }
}
