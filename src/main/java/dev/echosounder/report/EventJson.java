package dev.echosounder.report;

import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.Event;
import dev.echosounder.ws.Frame;
import dev.echosounder.ws.Header;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.PeerCertificate;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One event as a JSON object: {@code event}, {@code seconds} since the start, its own fields. */
final class EventJson {
  private EventJson() {}

  static ObjectNode of(Event event, long startNanos, JsonMapper json) {
    ObjectNode node = json.createObjectNode();
    node.put("seconds", (event.nanos() - startNanos) / 1e9);
    if (event instanceof Event.Sent sent) {
      node.put("event", "sent");
      frame(node, sent.frame());
    } else if (event instanceof Event.SentFin) {
      node.put("event", "sent_fin");
    } else if (event instanceof Event.SentRaw raw) {
      node.put("event", "sent_raw").put("length", raw.bytes().size());
      Bytes excerpt = raw.bytes().slice(0, Math.min(raw.bytes().size(), Frame.EXCERPT_BYTES));
      node.put("base64", Base64.getEncoder().encodeToString(excerpt.toArray()));
    } else if (event instanceof Event.Received received) {
      node.put("event", "received");
      frame(node, received.frame());
    } else if (event instanceof Event.Upgrading upgrading) {
      node.put("event", "upgrading").put("request", Redaction.text(upgrading.requestLine()));
      headers(node, upgrading.headers());
    } else if (event instanceof Event.Upgraded upgraded) {
      node.put("event", "upgraded").put("status", upgraded.status());
      headers(node, upgraded.headers());
    } else if (event instanceof Event.Unauthorized unauthorized) {
      failure(node.put("event", "unauthorized"), unauthorized.refusal());
    } else if (event instanceof Event.Redirected redirected) {
      node.put("event", "redirected").put("status", redirected.status());
      node.put("from", Redaction.text(redirected.from().toString()));
      node.put("to", Redaction.text(redirected.to().toString()));
    } else if (event instanceof Event.Refused refused) {
      node.put("event", "refused");
      failure(node, refused.failure());
    } else if (event instanceof Event.Ended ended) {
      node.put("event", "ended");
      ending(node, ended.ending());
    } else {
      connecting(node, event);
    }
    return node;
  }

  private static void connecting(ObjectNode node, Event event) {
    if (event instanceof Event.Resolving resolving) {
      node.put("event", "resolving").put("host", resolving.host());
    } else if (event instanceof Event.Resolved resolved) {
      var addresses = node.put("event", "resolved").putArray("addresses");
      resolved.addresses().forEach(a -> addresses.add(EventText.address(a)));
    } else if (event instanceof Event.Connecting connecting) {
      node.put("event", "connecting").put("remote", EventText.address(connecting.remote()));
    } else if (event instanceof Event.NotConnected not) {
      node.put("event", "not_connected").put("remote", EventText.address(not.remote()));
      node.put("detail", not.detail());
    } else if (event instanceof Event.Connected connected) {
      node.put("event", "connected").put("local", EventText.address(connected.local()));
      node.put("remote", EventText.address(connected.remote()));
    } else if (event instanceof Event.Tunnelling tunnelling) {
      node.put("event", "tunnelling").put("proxy", tunnelling.proxy());
      node.put("server", tunnelling.server());
    } else if (event instanceof Event.Tunnelled tunnelled) {
      node.put("event", "tunnelled").put("answer", tunnelled.answer());
    } else if (event instanceof Event.TlsStarted) {
      node.put("event", "tls_started");
    } else if (event instanceof Event.TlsDone done) {
      tls(node.put("event", "tls_done"), done);
    }
  }

  /** What the summary says once, at its top. */
  static void facts(ObjectNode root, Event event) {
    if (event instanceof Event.TlsDone done) {
      tls(root.putObject("tls"), done);
    } else if (event instanceof Event.Upgraded upgraded) {
      root.put("subprotocol", upgraded.subprotocol());
      var extensions = root.putArray("extensions");
      upgraded.extensions().forEach(extensions::add);
    } else if (event instanceof Event.Ended ended) {
      ending(root.putObject("ending"), ended.ending());
    }
  }

  private static void tls(ObjectNode node, Event.TlsDone done) {
    node.put("protocol", done.protocol()).put("cipher", done.cipher());
    node.put("not_after", done.notAfter() == null ? null : done.notAfter().toString());
    var chain = node.putArray("chain");
    done.chain().forEach(certificate -> certificate(chain.addObject(), certificate));
  }

  private static void certificate(ObjectNode node, PeerCertificate certificate) {
    node.put("subject", certificate.subject()).put("issuer", certificate.issuer());
    var names = node.putArray("names");
    certificate.names().forEach(names::add);
    node.put("not_before", certificate.notBefore().toString());
    node.put("not_after", certificate.notAfter().toString());
    node.put("serial", certificate.serial().toString(16));
    node.put("key_type", certificate.keyType()).put("key_bits", certificate.keyBits());
    node.put("signature", certificate.signature());
  }

  private static void frame(ObjectNode node, Frame frame) {
    node.put("opcode", frame.opcode().label()).put("fin", frame.fin()).put("rsv", frame.rsv());
    node.put("length", frame.length());
    if (frame.opcode() == Opcode.CLOSE) {
      node.put("code", frame.closeCode()).put("reason", frame.closeReason());
    } else if (frame.opcode() == Opcode.TEXT && !frame.compressed()) {
      node.put("text", frame.excerpt().asUtf8());
    } else {
      node.put("base64", Base64.getEncoder().encodeToString(frame.excerpt().toArray()));
    }
    node.put("whole", frame.whole());
  }

  private static void failure(ObjectNode node, ConnectFailure failure) {
    node.put("cause", failure.cause().label());
    node.put("detail", Redaction.text(failure.detail()));
    ConnectFailure.Response response = failure.response();
    if (response != null) {
      node.put("status", response.status());
      headers(node, response.headers());
      node.put("body", response.body().asUtf8());
    }
  }

  private static void ending(ObjectNode node, Ending ending) {
    node.put("cause", ending.cause().label()).put("code", ending.code());
    node.put("reason", ending.reason()).put("clean", ending.clean());
    node.put("detail", ending.detail());
  }

  private static void headers(ObjectNode node, List<Header> headers) {
    var array = node.putArray("headers");
    headers.forEach(h -> array.addArray().add(h.name()).add(Redaction.value(h)));
  }
}
