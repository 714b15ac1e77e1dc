package dev.echosounder.config;

import dev.echosounder.ws.Deflate;
import dev.echosounder.ws.HttpVersion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Forms of what goes over the wire: compression and the version of HTTP. */
final class WireForms {
  static final Form<Deflate> DEFLATE = new DeflateForm();
  static final Form<HttpVersion> HTTP = new HttpForm();

  private WireForms() {}

  /** {@code true}, {@code false}, or an offer's parameters (RFC 7692 §7.1). */
  private static final class DeflateForm implements Form<Deflate> {
    private static final Key<Boolean> CLIENT_NO_CONTEXT =
        Key.optional(
            "client_no_context_takeover",
            Forms.BOOLEAN,
            "We compress each message by itself (RFC 7692 §7.1.1.2).");
    private static final Key<Boolean> SERVER_NO_CONTEXT =
        Key.optional(
            "server_no_context_takeover",
            Forms.BOOLEAN,
            "The server must compress each message by itself (RFC 7692 §7.1.1.1).");
    private static final Key<Integer> SERVER_BITS =
        Key.optional(
            "server_max_window_bits",
            Forms.integer(8, 15),
            "The largest window the server may compress with (RFC 7692 §7.1.2.1).");
    private static final Key<Object> CLIENT_BITS =
        Key.optional(
            "client_max_window_bits",
            new Impossible("can't be offered: the JDK's zlib always compresses with 15 bits"),
            "Not supported.");
    private static final Layout PARAMETERS =
        Layout.of(CLIENT_NO_CONTEXT, SERVER_NO_CONTEXT, SERVER_BITS, CLIENT_BITS);

    @Override
    public @Nullable Deflate read(Value value) {
      if (!(value.node() instanceof MappingNode)) {
        Boolean offered = Forms.BOOLEAN.read(value);
        return offered == null ? null : offered ? Deflate.ON : Deflate.OFF;
      }
      Section section = PARAMETERS.read(value);
      return section == null || section.broken()
          ? null
          : new Deflate(
              true,
              section.get(CLIENT_NO_CONTEXT, false),
              section.get(SERVER_NO_CONTEXT, false),
              section.get(SERVER_BITS));
    }

    @Override
    public Map<String, Object> schema() {
      return Schema.of("anyOf", List.of(Forms.BOOLEAN.schema(), PARAMETERS.schema()));
    }
  }

  /** A key that people know from the RFC and look for, but that cannot be given. */
  private record Impossible(String why) implements Form<Object> {
    @Override
    public @Nullable Object read(Value value) {
      value.problem("client_max_window_bits " + why);
      return null;
    }

    @Override
    public Map<String, Object> schema() {
      return Schema.of("not", Map.of());
    }
  }

  /** {@code 1.1} and {@code 2}, which YAML takes for numbers. */
  private static final class HttpForm implements Form<HttpVersion> {
    private static final Map<String, HttpVersion> VERSIONS = new LinkedHashMap<>();

    static {
      Arrays.stream(HttpVersion.values()).forEach(v -> VERSIONS.put(v.label(), v));
    }

    @Override
    public @Nullable HttpVersion read(Value value) {
      boolean scalar = value.is(Tag.STR) || value.is(Tag.INT) || value.is(Tag.FLOAT);
      String text = scalar ? References.resolve(value.raw(), value) : "";
      if (text == null) {
        return null;
      }
      HttpVersion version = VERSIONS.get(text);
      if (version == null) {
        value.expected("one of " + String.join(", ", VERSIONS.keySet()));
      }
      return version;
    }

    @Override
    public Map<String, Object> schema() {
      return Schema.of(
          "anyOf",
          List.of(
              Schema.of("enum", List.of(1.1, 2, "1.1", "2")),
              Schema.of("type", "string", "pattern", References.SCHEMA)));
    }
  }
}
