package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Dialogue;
import dev.echosounder.check.Echo;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Handshake;
import dev.echosounder.check.Idle;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Ping;
import dev.echosounder.check.Turn;
import dev.echosounder.config.ConfiguredCheck;
import dev.echosounder.hold.BackOff;
import dev.echosounder.hold.Heartbeat;
import dev.echosounder.hold.Hold;
import dev.echosounder.ws.Opcode;
import java.time.Duration;

/** A check's configuration as sentences for a person. */
final class InWords {
  private InWords() {}

  static String of(ConfiguredCheck configured) {
    Check check = configured.check();
    if (check instanceof Hold hold) {
      return hold(hold, configured);
    }
    return "%s. Every %s, within %s."
        .formatted(what(check), text(configured.interval()), text(configured.timeout()));
  }

  private static String what(Check check) {
    if (check instanceof Echo echo) {
      String does = "ends %s and expects %s".formatted(message(echo.payload()), answer(echo));
      return echo.greetings() == 0
          ? "S" + does
          : "Awaits " + count(echo.greetings(), "greeting") + ", s" + does;
    }
    if (check instanceof Ping ping) {
      return "Sends " + count(ping.times(), "ping") + " and expects each pong";
    }
    if (check instanceof Dialogue dialogue) {
      long expected = dialogue.turns().stream().filter(t -> t instanceof Turn.Expect).count();
      return "Sends %s and expects %s, in order"
          .formatted(
              count(dialogue.turns().size() - expected, "message"), count(expected, "answer"));
    }
    if (check instanceof Idle idle) {
      Duration most = idle.atMost();
      return "Finds out after how long a silence a connection is cut"
          + (most == null ? "" : ", waiting at most " + text(most))
          + (idle.send() == null ? "" : ", and whether a message of ours prevents it");
    }
    return check instanceof Handshake
        ? "Connects, upgrades, closes cleanly"
        : "Runs a " + check.kind();
  }

  private static String answer(Echo echo) {
    return echo.expectation().equals(new Expectation.Exactly(echo.payload()))
        ? "the same back"
        : echo.expectation().describe();
  }

  private static String hold(Hold hold, ConfiguredCheck configured) {
    BackOff backOff = hold.backOff();
    Duration lifetime = hold.lifetime();
    return ("Keeps one connection open%s. %s. Connects again within %s, after failures in a row"
            + " within %s.")
        .formatted(
            lifetime == null ? "" : " and renews it every " + text(lifetime),
            heartbeat(hold.heartbeat(), configured),
            text(backOff.first()),
            text(backOff.atMost()));
  }

  private static String heartbeat(Heartbeat heartbeat, ConfiguredCheck configured) {
    String rhythm =
        "every %s, to be answered within %s"
            .formatted(text(configured.interval()), text(configured.timeout()));
    if (heartbeat instanceof Heartbeat.Exchange exchange) {
      return "Sends " + message(exchange.payload()) + " " + rhythm;
    }
    return heartbeat instanceof Heartbeat.Ping ? "Pings " + rhythm : "Sends no heartbeat";
  }

  /** A text whole: what is cut could hold a part of a secret, which nobody would recognise. */
  private static String message(Payload payload) {
    return payload.opcode() == Opcode.TEXT
        ? '"' + payload.bytes().asUtf8() + '"'
        : count(payload.bytes().size(), "byte") + " of binary";
  }

  private static String count(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + " ms";
    }
    long seconds = millis / 1_000;
    return seconds % 3_600 == 0
        ? seconds / 3_600 + " h"
        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
