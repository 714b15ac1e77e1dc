package dev.echosounder.report;

import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.PeerCertificate;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One event in plain words.
 *
 * @param sign {@code →} sent, {@code ←} received, {@code ·} neither
 * @param lines the first stands beside the time, the others below it
 */
record EventText(char sign, List<String> lines) {
  private static final int BODY_LINES = 10;
  private static final int BODY_LINE = 200;

  static EventText of(Event event) {
    if (event instanceof Event.Sent sent) {
      return new EventText('→', List.of(FrameText.of(sent.frame())));
    }
    if (event instanceof Event.SentFin) {
      return new EventText('→', List.of("FIN"));
    }
    if (event instanceof Event.SentRaw raw) {
      int shown = Math.min(raw.bytes().size(), Frame.EXCERPT_BYTES);
      String cut = shown < raw.bytes().size() ? " …" : "";
      return new EventText('→', List.of("raw " + raw.bytes().slice(0, shown).toHex() + cut));
    }
    if (event instanceof Event.Received received) {
      return new EventText('←', List.of(FrameText.of(received.frame())));
    }
    if (event instanceof Event.Upgrading upgrading) {
      return request(upgrading);
    }
    if (event instanceof Event.Upgraded upgraded) {
      return upgraded(upgraded);
    }
    if (event instanceof Event.Redirected redirected) {
      return new EventText(
          '←',
          List.of(redirected.status() + " redirected to " + clean(redirected.to().toString())));
    }
    if (event instanceof Event.Refused refused) {
      return refused(refused.failure());
    }
    if (event instanceof Event.Unauthorized unauthorized) {
      String why = clean(unauthorized.refusal().detail());
      return new EventText('←', List.of(why + "; once more, with new credentials"));
    }
    if (event instanceof Event.Ended ended) {
      return line("ended: " + clean(ended.ending().toString()));
    }
    if (event instanceof Event.TlsDone done) {
      return tls(done);
    }
    return line(connecting(event));
  }

  private static EventText tls(Event.TlsDone done) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "TLS agreed: %s, %s, %s"
            .formatted(
                done.protocol(),
                done.cipher(),
                done.notAfter() == null
                    ? "no certificate"
                    : "certificate valid until " + done.notAfter()));
    done.chain().forEach(certificate -> lines.add("  " + clean(certificate(certificate))));
    return new EventText('·', lines);
  }

  private static String certificate(PeerCertificate it) {
    String names = it.names().isEmpty() ? "" : " for " + String.join(", ", it.names());
    return "%s%s, by %s, until %s, %s %d, %s"
        .formatted(
            it.subject(),
            names,
            it.issuer(),
            it.notAfter(),
            it.keyType(),
            it.keyBits(),
            it.signature());
  }

  private static EventText line(String text) {
    return new EventText('·', List.of(text));
  }

  private static String connecting(Event event) {
    if (event instanceof Event.Resolving resolving) {
      return "look up " + clean(resolving.host());
    }
    if (event instanceof Event.Resolved resolved) {
      return "found "
          + resolved.addresses().stream().map(EventText::address).collect(Collectors.joining(", "));
    }
    if (event instanceof Event.Connecting connecting) {
      return "connect to " + address(connecting.remote());
    }
    if (event instanceof Event.Connected connected) {
      return "connected from " + address(connected.local());
    }
    if (event instanceof Event.NotConnected not) {
      return "not connected to " + address(not.remote()) + ": " + clean(not.detail());
    }
    if (event instanceof Event.Tunnelling tunnelling) {
      return "ask the proxy %s for a tunnel to %s"
          .formatted(clean(tunnelling.proxy()), clean(tunnelling.server()));
    }
    if (event instanceof Event.Tunnelled tunnelled) {
      return "tunnel open: " + clean(tunnelled.answer());
    }
    return "TLS handshake";
  }

  private static EventText request(Event.Upgrading upgrading) {
    List<String> lines = new ArrayList<>();
    lines.add(clean(upgrading.requestLine()));
    headers(upgrading.headers(), lines);
    return new EventText('→', lines);
  }

  private static EventText upgraded(Event.Upgraded upgraded) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d upgraded, subprotocol %s, extensions %s"
            .formatted(
                upgraded.status(),
                upgraded.subprotocol() == null ? "none" : clean(upgraded.subprotocol()),
                upgraded.extensions().isEmpty()
                    ? "none"
                    : clean(String.join(", ", upgraded.extensions()))));
    headers(upgraded.headers(), lines);
    return new EventText('←', lines);
  }

  private static EventText refused(ConnectFailure failure) {
    List<String> lines = new ArrayList<>();
    lines.add("failed: " + failure.cause().label() + ": " + clean(failure.detail()));
    ConnectFailure.Response response = failure.response();
    if (response != null) {
      lines.add("HTTP status " + response.status());
      headers(response.headers(), lines);
      body(response, lines);
    }
    lines.add("hint: " + failure.cause().advice());
    return new EventText(response == null ? '·' : '←', lines);
  }

  private static void headers(List<Header> headers, List<String> lines) {
    headers.forEach(
        h -> lines.add("  " + Visible.text(h.name()) + ": " + Visible.text(Redaction.value(h))));
  }

  private static void body(ConnectFailure.Response response, List<String> lines) {
    List<String> body = response.body().asUtf8().lines().toList();
    for (String line : body.subList(0, Math.min(body.size(), BODY_LINES))) {
      boolean cut = line.length() > BODY_LINE;
      lines.add("  | " + clean(cut ? line.substring(0, BODY_LINE) : line) + (cut ? "…" : ""));
    }
    if (body.size() > BODY_LINES) {
      lines.add("  | … " + (body.size() - BODY_LINES) + " lines more");
    }
  }

  private static String clean(String text) {
    return Visible.text(Redaction.text(text));
  }

  static String address(SocketAddress socketAddress) {
    if (!(socketAddress instanceof InetSocketAddress address)) {
      // Ours of a unix socket has no name.
      String path = socketAddress.toString();
      return path.isEmpty() ? "a unix socket" : "unix:" + clean(path);
    }
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
