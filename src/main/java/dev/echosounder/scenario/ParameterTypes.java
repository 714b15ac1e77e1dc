package dev.echosounder.scenario;

import dev.echosounder.check.Condition;
import dev.echosounder.check.MessageWords;
import dev.echosounder.peer.proxy.Fault;
import dev.echosounder.peer.proxy.FaultLedger;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.CloseCode;
import dev.echosounder.ws.ConnectFailure;
import dev.echosounder.ws.Ending;
import dev.echosounder.ws.HttpVersion;
import dev.echosounder.ws.Opcode;
import dev.echosounder.ws.Phase;
import io.cucumber.java.ParameterType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands in braces in the vocabulary's expressions. For Cucumber only. */
public final class ParameterTypes {
  private static final String LABEL = "[a-z][a-z_]+";

  /** Somebody who has a connection: {@code I}, {@code alice}, {@code client 2}. */
  @ParameterType(useForSnippets = false, value = "I|client \\d+|[A-Za-z][A-Za-z0-9_-]*")
  public String who(String name) {
    return name;
  }

  /** Somebody's connection: {@code the connection}, {@code alice's connection}. */
  @ParameterType(
      useForSnippets = false,
      value = "the connection|my connection|(?:client \\d+|[A-Za-z][A-Za-z0-9_-]*)'s connection")
  public String connection(String text) {
    return text.endsWith("'s connection")
        ? text.substring(0, text.length() - "'s connection".length())
        : World.ME;
  }

  /** {@code 500ms}, {@code 2 s}, {@code 1.5s}, {@code 1m}. */
  @ParameterType("(\\d+(?:\\.\\d+)?) ?(ms|s|m|min)")
  public Duration duration(String number, String unit) {
    double nanos =
        switch (unit) {
          case "ms" -> 1e6;
          case "s" -> 1e9;
          default -> 60e9;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(number) * nanos));
  }

  /** A status code or its registered name: {@code 1000}, {@code "normal closure"}. */
  @ParameterType("\\d{4}|\"[a-z ]+\"")
  public Integer closeCode(String text) {
    if (!text.startsWith("\"")) {
      return Integer.valueOf(text);
    }
    String name = text.substring(1, text.length() - 1);
    return CloseCode.names().entrySet().stream()
        .filter(e -> e.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no close code is called \"" + name + "\"; known: " + CloseCode.names()));
  }

  /** {@code 50th}, {@code 99th}, {@code 99.9th}: so many per cent. */
  @ParameterType("(\\d{1,2}(?:\\.\\d+)?)(?:st|nd|rd|th)")
  public Double percentile(String number) {
    return Double.valueOf(number);
  }

  /** Hex digits: {@code 00 01 fe ff}, {@code 0001feff}. */
  @ParameterType("[0-9a-fA-F]{2}(?:[ :]?[0-9a-fA-F]{2})*")
  public Bytes bytes(String digits) {
    return Bytes.hex(digits);
  }

  /** {@code 0 bytes}, {@code 64 KiB}, {@code 1MiB}, {@code 1 GiB}. */
  @ParameterType("(\\d+) ?(B|bytes?|KiB|MiB|GiB)")
  public Integer size(String number, String unit) {
    int scale =
        switch (unit) {
          case "KiB" -> 1 << 10;
          case "MiB" -> 1 << 20;
          case "GiB" -> 1 << 30;
          default -> 1;
        };
    return Math.multiplyExact(Integer.parseInt(number), scale);
  }

  /** {@code 1.1}, {@code 2}. */
  @ParameterType("1\\.1|2")
  public HttpVersion httpVersion(String label) {
    return labelled(HttpVersion.values(), HttpVersion::label, label);
  }

  /** What a frame carries: {@code text}, {@code ping}… */
  @ParameterType("text|binary|continuation|close|ping|pong")
  public Opcode opcode(String label) {
    return labelled(Opcode.values(), Opcode::label, label);
  }

  /** {@code dns}, {@code tcp}, {@code tls}, {@code upgrade}, {@code first_message}… */
  @ParameterType("dns|tcp|tls|upgrade|first_message|echo|close")
  public Phase phase(String label) {
    return labelled(Phase.values(), Phase::label, label);
  }

  /** Why an attempt failed: {@code refused}, {@code http_status}… */
  @ParameterType(useForSnippets = false, value = LABEL)
  public ConnectFailure.Cause failure(String label) {
    return labelled(ConnectFailure.Cause.values(), ConnectFailure.Cause::label, label);
  }

  /** Why a connection ended: {@code peer_normal}, {@code eof}, {@code reset}… */
  @ParameterType(useForSnippets = false, value = LABEL)
  public Ending.Cause ending(String label) {
    return labelled(Ending.Cause.values(), Ending.Cause::label, label);
  }

  /** A fault in plain words: {@code reset after frame 3 from the server}. */
  @ParameterType(useForSnippets = false, value = "[a-z].*")
  public Fault fault(String words) {
    return Fault.parse(words);
  }

  /** How a fault proxy ended a connection, or saw it end: {@code reset}, {@code black_hole}… */
  @ParameterType(useForSnippets = false, value = LABEL)
  public FaultLedger.Ending proxyEnding(String label) {
    return labelled(FaultLedger.Ending.values(), e -> e.name().toLowerCase(Locale.ROOT), label);
  }

  /** What a JSON path leads to: {@code is "ack"}, {@code is within 1% of 3.5}, {@code exists}. */
  @ParameterType(useForSnippets = false, value = Condition.REGEX)
  public String condition(String words) {
    return words;
  }

  /** Which messages count: {@code a text containing "x"}, {@code messages where "$.n" is 1}. */
  @ParameterType(useForSnippets = false, value = MessageWords.REGEX)
  public String message(String words) {
    return words;
  }

  /** A message by its JSON: {@code a message with {"n": 1}}, {@code a message where "$.n" is 1}. */
  @ParameterType(useForSnippets = false, value = "a message (?:with [{\\[].*|where \".+)")
  public String content(String words) {
    return words;
  }

  private static <T> T labelled(T[] all, Function<T, String> label, String text) {
    return Arrays.stream(all)
        .filter(t -> label.apply(t).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("\"" + text + "\" is none of " + names(all, label)));
  }

  private static <T> String names(T[] all, Function<T, String> label) {
    return Arrays.stream(all).map(label).collect(Collectors.joining(", "));
  }
}
