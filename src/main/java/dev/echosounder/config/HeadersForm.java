package dev.echosounder.config;

import dev.echosounder.ws.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Header names to values; those that are credentials by name never print. */
final class HeadersForm implements Form<List<Header>> {
  /** Servers take a few KiB of them; and each target copies them. */
  static final int MOST = 100;

  /** Ours to send: RFC 6455 §4.1 and HTTP's framing. */
  private static final Set<String> OURS =
      Set.of("connection", "upgrade", "content-length", "transfer-encoding");

  private static final Pattern TOKEN = Pattern.compile(NetForms.TOKEN);

  @Override
  public @Nullable List<Header> read(Value value) {
    List<Value.Entry> entries = value.entries();
    if (entries == null) {
      return null;
    }
    if (entries.size() > MOST) {
      value.problem("expected at most %d headers, got %d".formatted(MOST, entries.size()));
      return null;
    }
    List<Header> headers = new ArrayList<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Value.Entry entry : entries) {
      String name = entry.name();
      String lower = name.toLowerCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches()) {
        entry.key().expected("the name of a header (RFC 9110 §5.1)");
      } else if (OURS.contains(lower) || lower.startsWith("sec-websocket-")) {
        entry.key().problem("the header " + entry.key().shown() + " is set by the handshake");
      } else if (!names.add(name)) {
        entry.key().problem("the header " + entry.key().shown() + " is given twice");
      } else {
        boolean hidden = Credentials.named(name);
        String text = (hidden ? NetForms.SECRET_LINE : NetForms.LINE).read(entry.value());
        if (text != null) {
          headers.add(new Header(name, text));
        }
      }
    }
    return List.copyOf(headers);
  }

  @Override
  public Map<String, Object> schema() {
    return Schema.of(
        "type",
        "object",
        "maxProperties",
        MOST,
        "propertyNames",
        Schema.of("pattern", "^(?!(?:" + caseless() + ")$)" + NetForms.TOKEN + "$"),
        "additionalProperties",
        NetForms.LINE.schema());
  }

  /** JSON schema's patterns have no flag for it. */
  private static String caseless() {
    StringBuilder pattern = new StringBuilder();
    "connection|upgrade|content-length|transfer-encoding|sec-websocket-"
        .chars()
        .forEach(
            c ->
                pattern.append(
                    Character.isLetter(c)
                        ? "[" + (char) c + Character.toUpperCase((char) c) + "]"
                        : String.valueOf((char) c)));
    return pattern.append(".*").toString();
  }
}
