package dev.echosounder.config;

import dev.echosounder.ws.Header;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of {@code discovery}. */
final class DiscoveryKeys {
  private static final Form<Duration> REFRESH =
      Forms.duration(Duration.ofSeconds(1), Duration.ofDays(1));
  private static final Form<Path> PATTERN =
      Forms.text(
          "the path of .json, .yml or .yaml files; only its last part may be a glob",
          "[^\\u0000*?\\[{]*?[^/\\u0000]+\\.(?:json|yml|yaml)",
          DiscoveryKeys::pattern);

  private static final Key<String> NAME =
      Key.required(
          "name",
          Forms.text("a name of letters, digits, -, _ and .", "[A-Za-z0-9_.-]{1,63}", (v, t) -> t),
          "Begins the names of its targets; unique.");
  private static final Key<List<Path>> FILES =
      Key.required("files", Forms.list(PATTERN, 1), "Files or globs such as targets/*.json.");
  private static final Key<Duration> FILE_REFRESH =
      Key.optional("refresh_interval", REFRESH, "How often files are looked at. Default: 5s.");
  private static final Key<Section> FILE_SD =
      Key.optional("file_sd", Layout.of(FILES, FILE_REFRESH), "Prometheus' file_sd format.");
  private static final Key<URI> URL = Key.required("url", NetForms.HTTP_URL, "Where to ask.");
  private static final Key<Duration> HTTP_REFRESH =
      Key.optional("refresh_interval", REFRESH, "How often to ask. Default: 1m.");
  private static final Key<Duration> TIMEOUT =
      Key.optional(
          "timeout",
          Forms.duration(Duration.ofMillis(10), Duration.ofMinutes(5)),
          "For the whole answer. Default: 10s.");
  private static final Key<Long> MAX_SIZE =
      Key.optional("max_size", Forms.size(1, 64 << 20), "Of the answer. Default: 8MiB.");
  private static final Key<Section> HTTP_SD =
      Key.optional(
          "http_sd",
          Layout.of(
                  URL,
                  HTTP_REFRESH,
                  TIMEOUT,
                  MAX_SIZE,
                  EndpointKeys.HEADERS,
                  EndpointKeys.BASIC,
                  EndpointKeys.BEARER)
              .atMostOne(EndpointKeys.BASIC, EndpointKeys.BEARER),
          "Prometheus' http_sd format.");

  private final TargetKeys targets;
  private final Key<Section> template;

  DiscoveryKeys(TargetKeys targets) {
    this.targets = targets;
    this.template =
        Key.optional("template", targets.template(), "Options and checks of its targets.");
  }

  Layout layout() {
    return Layout.of(NAME, FILE_SD, HTTP_SD, template).exactlyOne(FILE_SD, HTTP_SD);
  }

  Config.@Nullable Discovery make(Section own, @Nullable Section defaults) {
    Section options = own.get(template);
    Section with = options == null ? own : options;
    Template made = targets.template(with, defaults);
    Section files = own.get(FILE_SD);
    if (files != null && !files.broken()) {
      return new Config.Discovery(
          own.require(NAME),
          new Config.Files(files.require(FILES)),
          files.get(FILE_REFRESH, Duration.ofSeconds(5)),
          made);
    }
    Section http = own.get(HTTP_SD);
    if (http == null || http.broken()) {
      return null;
    }
    return new Config.Discovery(
        own.require(NAME),
        new Config.Http(
            http.require(URL),
            headers(http),
            http.get(TIMEOUT, Duration.ofSeconds(10)),
            http.get(MAX_SIZE, 8L << 20)),
        http.get(HTTP_REFRESH, Duration.ofMinutes(1)),
        made);
  }

  /** Basic and bearer are headers here as they are for a target. */
  private static List<Header> headers(Section http) {
    Target carrier = Target.of(URI.create("ws://template.invalid/"));
    List<Header> headers = new ArrayList<>(http.get(EndpointKeys.HEADERS, List.of()));
    headers.addAll(EndpointKeys.credentials(carrier, http).headers());
    return headers;
  }

  private static @Nullable Path pattern(Value value, String text) {
    try {
      return value.directory().resolve(text);
    } catch (InvalidPathException e) {
      value.expected("the path of .json, .yml or .yaml files");
      return null;
    }
  }
}
