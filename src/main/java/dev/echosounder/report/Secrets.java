package dev.echosounder.report;

import dev.echosounder.ws.Event;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Target;
import dev.echosounder.ws.Timeline;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The secrets that a run was seen to use, learnt from its targets: the credentials of headers, of
 * the URL's user part and of its query, of proxies, of key files and of token servers. Takes them
 * out of any text: as they are and as URLs, JSON and basic credentials spell them. {@link
 * Redaction} knows where secrets stand; this knows what they are, so it finds them in a payload or
 * a step's text as well. Thread-safe.
 */
public final class Secrets {
  /** Shorter ones would tear innocent words apart: they are hidden as whole words only. */
  private static final int SHORT = 4;

  private static final JsonMapper JSON = new JsonMapper();

  /** Guarded by this. Longest first: a secret that contains another goes as a whole. */
  private final Set<String> spellings =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

  /** Guarded by this: null when something was learnt since it was made. */
  private @Nullable Pattern pattern;

  /** Learns what is secret about how to connect to {@code target}. */
  public synchronized void learn(Target target) {
    target.headers().forEach(this::header);
    Proxy proxy = target.route().proxy();
    if (proxy != null && proxy.password() != null) {
      basic(proxy.user() + ":" + proxy.password());
    }
    if (target.tls().password() != null) {
      add(target.tls().password());
    }
    if (target.authorization() != null) {
      target.authorization().secrets().forEach(this::add);
    }
    String user = target.uri().getRawUserInfo();
    if (user != null) {
      userInfo(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    query(target.uri().toString());
  }

  /** Learns from what went over the wire: cookies that the server set, headers that steps added. */
  public void learn(Timeline timeline) {
    timeline.events().forEach(this::learn);
  }

  synchronized void learn(Event event) {
    if (event instanceof Event.Upgrading upgrading) {
      upgrading.headers().forEach(this::header);
      query(upgrading.requestLine());
    } else if (event instanceof Event.Upgraded upgraded) {
      upgraded.headers().forEach(this::header);
    } else if (event instanceof Event.Refused refused && refused.failure().response() != null) {
      refused.failure().response().headers().forEach(this::header);
    }
  }

  private void query(String url) {
    for (String value : Redaction.queryCredentials(url)) {
      add(value);
      decoded(value);
    }
  }

  private void decoded(String value) {
    try {
      add(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // A lone % is no escape: the value stands for itself, and has been added.
      add(value);
    }
  }

  private void header(Header header) {
    if (!Redaction.hides(header)) {
      return;
    }
    String value = header.value().strip();
    add(value);
    String[] scheme = value.split(" ", 2);
    if (scheme.length == 2 && header.name().toLowerCase(Locale.ROOT).endsWith("authorization")) {
      add(scheme[1].strip());
      if (scheme[0].equalsIgnoreCase("basic")) {
        decodedBasic(scheme[1].strip());
      }
    }
    cookies(header);
  }

  /** Only the first part of Set-Cookie is a cookie; the others are its attributes. */
  private void cookies(Header header) {
    String[] parts = header.value().split(";", -1);
    int number =
        header.name().equalsIgnoreCase("cookie")
            ? parts.length
            : header.name().equalsIgnoreCase("set-cookie") ? 1 : 0;
    for (int i = 0; i < number; i++) {
      add(parts[i].substring(parts[i].indexOf('=') + 1).strip());
    }
  }

  /** As they stand, and as a header has them (RFC 7617). */
  private void basic(String both) {
    userInfo(both);
    add(Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
  }

  private void decodedBasic(String encoded) {
    try {
      userInfo(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // Not what RFC 7617 says, so there is no password in it to find.
      add(encoded);
    }
  }

  /** The user's name is no secret; it would be hidden wherever it is a word. */
  private void userInfo(String both) {
    add(both);
    add(both.substring(both.indexOf(':') + 1));
  }

  private void add(String secret) {
    if (secret.isBlank()) {
      return;
    }
    String query = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String quoted = JSON.writeValueAsString(secret);
    String json = quoted.substring(1, quoted.length() - 1);
    List<String> all =
        List.of(
            secret,
            query,
            query.replace("+", "%20"),
            json,
            // As Cucumber's HTML report spells JSON inside of a script.
            json.replace("<", "\\x3C"));
    if (spellings.addAll(all)) {
      pattern = null;
    }
  }

  /** The text with {@code <redacted>} where a secret stood. */
  public String redact(String text) {
    Pattern compiled = compiled();
    return compiled == null ? text : compiled.matcher(text).replaceAll(Redaction.HIDDEN);
  }

  private synchronized @Nullable Pattern compiled() {
    if (pattern == null && !spellings.isEmpty()) {
      pattern =
          Pattern.compile(
              spellings.stream()
                  .map(
                      s ->
                          s.length() < SHORT
                              ? "(?<![\\p{L}\\p{N}])" + Pattern.quote(s) + "(?![\\p{L}\\p{N}])"
                              : Pattern.quote(s))
                  .collect(Collectors.joining("|")));
    }
    return pattern;
  }
}
