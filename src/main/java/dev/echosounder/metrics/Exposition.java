package dev.echosounder.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes metrics as Prometheus text, OpenMetrics or protobuf, as asked for. Thread-safe. */
public final class Exposition {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  /** Each part of OpenMetrics says that it is the end. */
  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.US_ASCII);

  private static final int PACKED_AT_ONCE = 8 * 1024;

  /** Series of a histogram or counter are asked for by their own name; the metric has none. */
  private static final Pattern SERIES_SUFFIX = Pattern.compile("_(total|bucket|sum|count|info)$");

  private final PrometheusRegistry registry;
  private final List<Family> families;
  private final Lock consistent;

  /**
   * @param registry of the metrics that have few series
   * @param families the others: collected and written one by one, so that a scrape of thousands of
   *     subjects has only one metric's points in memory
   * @param consistent held while they are
   */
  Exposition(PrometheusRegistry registry, List<Family> families, Lock consistent) {
    this.registry = registry;
    this.families = families;
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
    Text body = new Text();
    consistent.lock();
    try (OutputStream out = gzip ? new GZIPOutputStream(body, PACKED_AT_ONCE) : body) {
      write(writer, out, wanted(names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      consistent.unlock();
    }
    return new Page(body.view(), writer.getContentType(), gzip);
  }

  private static Predicate<String> wanted(Set<String> names) {
    Set<String> wanted = names.stream().map(Exposition::metric).collect(Collectors.toSet());
    return name -> names.isEmpty() || wanted.contains(metric(name));
  }

  private void write(ExpositionFormatWriter writer, OutputStream out, Predicate<String> wanted)
      throws IOException {
    Text part = new Text();
    for (Family family : families) {
      if (wanted.test(family.row().name())) {
        writer.write(part, MetricSnapshots.of(family.collect()));
        part.cut(END);
        part.writeTo(out);
        part.reset();
      }
    }
    writer.write(out, registry.scrape(wanted));
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

  /**
   * An answer's body and headers.
   *
   * @param body the bytes, compressed if {@code gzip}; not copied: do not change them
   * @param contentType the value of {@code Content-Type}
   * @param gzip whether {@code Content-Encoding} is {@code gzip}
   */
  public record Page(ByteBuffer body, String contentType, boolean gzip) {}

  /** Many bytes that are not copied to be read. Confined to one thread. */
  private static final class Text extends ByteArrayOutputStream {
    Text() {
      super(8 * 1024);
    }

    void cut(byte[] end) {
      int rest = count - end.length;
      if (rest >= 0 && Arrays.equals(buf, rest, count, end, 0, end.length)) {
        count = rest;
      }
    }

    ByteBuffer view() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
