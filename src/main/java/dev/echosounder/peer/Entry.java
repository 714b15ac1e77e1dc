package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A behaviour of the catalogue: its documentation and what it does. */
record Entry(
    String path,
    String example,
    String description,
    List<Parameter<?>> parameters,
    Function<Call, Reaction> reaction) {

  /** Answers with an HTTP response, upgrade or not. */
  static Entry responding(
      String path,
      String example,
      String description,
      List<Parameter<?>> own,
      Function<Call, Response> response) {
    return new Entry(
        path, example, description, own, call -> new Reaction.Respond(response.apply(call)));
  }

  /** Upgrades, with the parameters of every handshake. */
  static Entry upgrading(
      String path,
      String example,
      String description,
      List<Parameter<?>> own,
      Function<Call, Script> script) {
    return new Entry(
        path,
        example,
        description,
        join(own, Parameters.HANDSHAKE),
        call -> new Reaction.Upgrade(script.apply(call), Reaction.Flaw.NONE));
  }

  /** Upgrades, with the parameters of /echo as well. */
  static Entry echoing(
      String path,
      String example,
      String description,
      List<Parameter<?>> own,
      Function<Call, Script> script) {
    return upgrading(path, example, description, join(own, Parameters.ECHO), script);
  }

  /** Echoes {@code after} messages, then does something worse. */
  static Entry ending(
      String path,
      String example,
      String description,
      List<Parameter<?>> own,
      BiConsumer<Call, Session> ending) {
    return echoing(
        path,
        example,
        description,
        join(own, List.of(Parameters.AFTER)),
        call ->
            new Echo(call)
                .after(call.get(Parameters.AFTER), session -> ending.accept(call, session)));
  }

  /** Echoes after a handshake that is wrong. */
  static Entry flawed(String path, String description, Reaction.Flaw flaw) {
    return new Entry(
        path,
        path,
        description,
        join(Parameters.ECHO, Parameters.HANDSHAKE),
        call -> new Reaction.Upgrade(new Echo(call), flaw));
  }

  /** Echoes for those who know the credentials, as {@code Authorization} carries them. */
  static Entry guarded(
      String path,
      String example,
      List<Parameter<?>> own,
      String scheme,
      Function<Call, String> credentials) {
    Response refusal =
        Response.text(401, "Authorization: " + scheme + " is missing or wrong.\n")
            .with("WWW-Authenticate: " + scheme + " realm=\"echosounder\"");
    return new Entry(
        path,
        example,
        "401 without the right " + scheme + " credentials, else echoes",
        join(join(own, Parameters.ECHO), Parameters.HANDSHAKE),
        call ->
            call.head().first("Authorization").equals(scheme + " " + credentials.apply(call))
                ? new Reaction.Upgrade(new Echo(call), Reaction.Flaw.NONE)
                : new Reaction.Respond(refusal));
  }

  /** RFC 7617 §2. */
  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(pair);
  }

  private static List<Parameter<?>> join(List<Parameter<?>> one, List<Parameter<?>> two) {
    return Stream.concat(one.stream(), two.stream()).toList();
  }

  /** The values of the braced segments if the path is this one. */
  Optional<Map<String, String>> match(String requested) {
    String[] pattern = path.split("/", -1);
    String[] segments = requested.split("/", -1);
    if (pattern.length != segments.length) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{")) {
        values.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
      } else if (!pattern[i].equals(segments[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  Behaviour documentation() {
    return new Behaviour(
        path, description, parameters.stream().map(Parameter::documentation).toList(), example);
  }
}
