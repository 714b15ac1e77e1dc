package dev.echosounder.ws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.SetCookieParser;

/**
 * The cookies that servers set in their answers to upgrades, and what of them goes back to whom
 * (RFC 6265 §5): by host, path, {@code Secure} and age. Thread-safe.
 */
public final class CookieJar {
  private static final SetCookieParser PARSER = SetCookieParser.newInstance();

  private final HttpCookieStore store = new HttpCookieStore.Default();

  /** The target with the cookies that are for it; one that it sends already stays as it is. */
  public Target applied(Target target) {
    Map<String, String> cookies = cookies(target.uri());
    String own = Header.first(target.headers(), "Cookie").orElse("");
    Target with = target;
    for (Map.Entry<String, String> cookie : cookies.entrySet()) {
      if (!("; " + own).contains("; " + cookie.getKey() + "=")) {
        with = with.withCookie(cookie.getKey(), cookie.getValue());
      }
    }
    return with;
  }

  /** What would be sent to {@code uri}, by name. */
  public Map<String, String> cookies(URI uri) {
    Map<String, String> cookies = new TreeMap<>();
    for (HttpCookie cookie : store.match(http(uri))) {
      // Of the same name, the one with the longest path is the first to be sent (RFC 6265 §5.4).
      cookies.putIfAbsent(cookie.getName(), cookie.getValue());
    }
    return cookies;
  }

  /** Forgets them all. */
  public void clear() {
    store.clear();
  }

  /** Keeps the cookies of answers to upgrades, and tells {@code listener} everything. */
  public Listener listening(Listener listener) {
    return new Listener() {
      @Override
      public void onEvent(Connection connection, Event event) {
        keep(connection.target().uri(), headers(event));
        listener.onEvent(connection, event);
      }

      @Override
      public void onOpen(Connection connection) {
        listener.onOpen(connection);
      }

      @Override
      public void onMessage(Connection connection, Message message) {
        listener.onMessage(connection, message);
      }
    };
  }

  private static List<Header> headers(Event event) {
    if (event instanceof Event.Upgraded upgraded) {
      return upgraded.headers();
    }
    ConnectFailure.Response answer =
        event instanceof Event.Refused refused ? refused.failure().response() : null;
    return answer == null ? List.of() : answer.headers();
  }

  void keep(URI from, List<Header> headers) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase("Set-Cookie")) {
        // Null for what is no cookie, which a user agent ignores (RFC 6265 §5.2).
        Optional.ofNullable(PARSER.parse(header.value()))
            .ifPresent(cookie -> store.add(http(from), cookie));
      }
    }
  }

  /** The store knows the schemes of HTTP; {@code Secure} cookies go to wss as they go to https. */
  private static URI http(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT).equals("wss") ? "https" : "http";
    String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
    try {
      return new URI(scheme, null, uri.getHost(), uri.getPort(), path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no HTTP URI can be made of " + uri, e);
    }
  }
}
