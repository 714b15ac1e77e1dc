package dev.echosounder.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes metrics as Prometheus text, OpenMetrics or protobuf, as asked for. Thread-safe. */
public final class Exposition {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  /** Series of a histogram or counter are asked for by their own name; the metric has none. */
  private static final Pattern SERIES_SUFFIX = Pattern.compile("_(total|bucket|sum|count|info)$");

  private final PrometheusRegistry registry;
  private final Lock consistent;

  Exposition(PrometheusRegistry registry, Lock consistent) {
    this.registry = registry;
    this.consistent = consistent;
  }

  /**
   * Writes all metrics.
   *
   * @param accept the request's {@code Accept} header; text is the default
   * @param acceptEncoding the request's {@code Accept-Encoding} header
   * @param names only these metrics ({@code name[]} of the query); all if empty
   */
  public Page write(@Nullable String accept, @Nullable String acceptEncoding, Set<String> names) {
    ExpositionFormatWriter writer = FORMATS.findWriter(accept);
    boolean gzip = acceptsGzip(acceptEncoding);
    ByteArrayOutputStream body = new ByteArrayOutputStream(8 * 1024);
    try (OutputStream out = gzip ? new GZIPOutputStream(body) : body) {
      writer.write(out, scrape(names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page(body.toByteArray(), writer.getContentType(), gzip);
  }

  private MetricSnapshots scrape(Set<String> names) {
    Set<String> wanted = names.stream().map(Exposition::metric).collect(Collectors.toSet());
    consistent.lock();
    try {
      return names.isEmpty()
          ? registry.scrape()
          : registry.scrape(name -> wanted.contains(metric(name)));
    } finally {
      consistent.unlock();
    }
  }

  private static String metric(String series) {
    return SERIES_SUFFIX.matcher(series).replaceFirst("");
  }

  /** RFC 9110 §12.5.3, as far as gzip goes. */
  static boolean acceptsGzip(@Nullable String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String coding : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = coding.split(";", 2);
      String name = parts[0].strip();
      boolean refused = parts.length > 1 && parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
      if (name.equals("gzip")) {
        return !refused;
      }
      any |= name.equals("*") && !refused;
    }
    return any;
  }

  /** An answer's body and headers. */
  public static final class Page {
    private final byte[] body;
    private final String contentType;
    private final boolean gzip;

    Page(byte[] body, String contentType, boolean gzip) {
      this.body = body;
      this.contentType = contentType;
      this.gzip = gzip;
    }

    /** The bytes, compressed if {@link #gzip}; not copied: do not change them. */
    public byte[] body() {
      return body;
    }

    /** The value of {@code Content-Type}. */
    public String contentType() {
      return contentType;
    }

    /** Whether {@code Content-Encoding} is {@code gzip}. */
    public boolean gzip() {
      return gzip;
    }
  }
}
