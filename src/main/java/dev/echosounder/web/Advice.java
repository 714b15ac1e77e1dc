package dev.echosounder.web;

import dev.echosounder.check.Fault;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a person can do about each cause. */
final class Advice {
  private static final Map<String, String> BY_CAUSE = new HashMap<>();

  static {
    for (Ending.Cause cause : Ending.Cause.values()) {
      BY_CAUSE.put(cause.label(), of(cause));
    }
    for (Fault fault : Fault.values()) {
      BY_CAUSE.put(fault.label(), of(fault));
    }
    for (ConnectFailure.Cause cause : ConnectFailure.Cause.values()) {
      BY_CAUSE.put(cause.label(), cause.advice());
    }
  }

  private Advice() {}

  /** Empty for a label that is not one of {@code Outcome.causes()}. */
  static String of(String cause) {
    return BY_CAUSE.getOrDefault(cause, "");
  }

  /** As a sentence of its own. */
  static void write(Html html, String cause) {
    String advice = of(cause);
    if (!advice.isEmpty()) {
      html.raw("<p class=advice>").text(advice.substring(0, 1).toUpperCase(Locale.ROOT));
      html.text(advice.substring(1)).raw(".</p>");
    }
  }

  private static String of(Ending.Cause cause) {
    return switch (cause) {
      case CLOSED_BY_US -> "we closed it ourselves";
      case PEER_NORMAL -> "the server closed normally, but earlier than expected";
      case PEER_GOING_AWAY -> "the server restarts or moves connections; check for a deployment";
      case PEER_ERROR -> "the server gave up on the connection; its log should say why";
      case PEER_APPLICATION -> "the application closed with a code of its own; see the transcript";
      case PEER_NO_STATUS -> "the server closed without saying why; its log may";
      case EOF -> "cut without a close frame; often a proxy's idle timeout or a killed process";
      case RESET -> "TCP was reset; a crashed process, a full backlog or a firewall does that";
      case PROTOCOL_VIOLATION -> "the server or a proxy broke the protocol; see the last frame";
      case LIVENESS_TIMEOUT -> "connected, but nothing answers; a half-open path or a hung server";
      case IDLE_CUT -> "cut after a silence; send heartbeats more often, or raise the idle timeout";
      case TLS_ERROR -> "TLS broke off after the upgrade; check middleboxes and the server's log";
      case LOCAL_ERROR -> "our own fault or a limit of ours; see the detail";
    };
  }

  private static String of(Fault fault) {
    return switch (fault) {
      case TIMEOUT -> "the answer did not come in time; the stage says what was waited for";
      case UNEXPECTED_MESSAGE -> "something else was answered; compare both in the detail";
      case UNMET_EXPECTATION -> "the scenario tells which step expected what and saw what";
      case UNCLEAN_CLOSE -> "all was answered, but the closing handshake was not finished";
    };
  }
}
