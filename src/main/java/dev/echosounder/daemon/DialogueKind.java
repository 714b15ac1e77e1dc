package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Dialogue;
import dev.echosounder.check.Expectation;
import dev.echosounder.check.Json;
import dev.echosounder.check.Payload;
import dev.echosounder.check.Template;
import dev.echosounder.check.Turn;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Forms;
import dev.echosounder.config.Key;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;
import dev.echosounder.ws.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code kind: dialogue}. */
final class DialogueKind implements CheckKind {
  private static final int MOST_ENTRIES = 32;
  private static final int MOST_SKIPPED = 10_000;

  private static final Key<String> SEND =
      Key.optional("send", Forms.TEXT, "Send this text; {{name}} stands for a capture, or uuid.");
  private static final Key<Bytes> SEND_BINARY =
      Key.optional("send_binary", Forms.HEX, "Send this binary message, as hex digits.");
  private static final Key<String> EXPECT = Key.optional("expect", Forms.TEXT, "Expect this text.");
  private static final Key<Bytes> EXPECT_BINARY =
      Key.optional("expect_binary", Forms.HEX, "Expect this binary message, as hex digits.");
  private static final Key<Pattern> EXPECT_REGEX =
      Key.optional(
          "expect_regex",
          Forms.REGEX,
          "Expect a text in which this is found; its named groups are captured.");
  private static final Key<String> EXPECT_PREFIX =
      Key.optional("expect_prefix", Forms.TEXT, "Expect a text that begins like this.");
  private static final Key<String> EXPECT_JSON =
      Key.optional("expect_json", Forms.TEXT, "Expect JSON that holds at least this JSON.");
  private static final Key<Map<String, String>> EXPECT_PATH =
      Key.optional(
          "expect_path",
          Forms.mapping("a JSON path such as $.id", "\\$.*", Forms.TEXT, MOST_ENTRIES),
          "Expect JSON in which these paths lead to these texts.");
  private static final Key<String> EXPECT_MESSAGE =
      Key.optional(
          "expect_message",
          Forms.TEXT,
          "Expect a message in the words of scenarios: a message where \"$.type\" is \"ack\".");
  private static final Key<String> EXPECT_SCHEMA =
      Key.optional("expect_schema", Forms.TEXT, "Expect JSON that is valid by this JSON schema.");
  private static final Key<Map<String, String>> CAPTURE =
      Key.optional(
          "capture",
          Forms.mapping("a name of letters and digits", Template.NAME, Forms.TEXT, MOST_ENTRIES),
          "Remember what these JSON paths lead to, for {{name}} in later steps.");
  private static final Key<Integer> SKIP =
      Key.optional(
          "skip",
          Forms.integer(0, MOST_SKIPPED),
          "How many other messages may come before. Default: 0.");

  private static final Key<?>[] EXPECTATIONS = {
    EXPECT,
    EXPECT_BINARY,
    EXPECT_REGEX,
    EXPECT_PREFIX,
    EXPECT_JSON,
    EXPECT_PATH,
    EXPECT_MESSAGE,
    EXPECT_SCHEMA
  };

  private static final Key<List<Section>> STEPS =
      Key.required("steps", Forms.list(step(), 1), "What is sent and expected, in this order.");

  private static Layout step() {
    return Layout.of(
            SEND,
            SEND_BINARY,
            EXPECT,
            EXPECT_BINARY,
            EXPECT_REGEX,
            EXPECT_PREFIX,
            EXPECT_JSON,
            EXPECT_PATH,
            EXPECT_MESSAGE,
            EXPECT_SCHEMA,
            CAPTURE,
            SKIP)
        .exactlyOne(
            SEND,
            SEND_BINARY,
            EXPECT,
            EXPECT_BINARY,
            EXPECT_REGEX,
            EXPECT_PREFIX,
            EXPECT_JSON,
            EXPECT_PATH,
            EXPECT_MESSAGE,
            EXPECT_SCHEMA)
        .needs(CAPTURE, EXPECTATIONS)
        .needs(SKIP, EXPECTATIONS);
  }

  @Override
  public String name() {
    return "dialogue";
  }

  @Override
  public String doc() {
    return "Sends and expects messages in an order, and reuses what it captures.";
  }

  @Override
  public Layout layout() {
    return Layout.of(STEPS);
  }

  @Override
  public @Nullable Check parse(Section section) {
    List<Turn> turns = new ArrayList<>();
    Set<String> known = new HashSet<>(Set.of(Dialogue.UUID_NAME));
    List<Section> steps = section.require(STEPS);
    for (Section step : steps) {
      Turn turn = turn(step, known);
      if (turn != null) {
        turns.add(turn);
      }
    }
    return turns.size() == steps.size() && !turns.isEmpty() ? new Dialogue(turns) : null;
  }

  private static @Nullable Turn turn(Section step, Set<String> known) {
    Bytes bytes = step.get(SEND_BINARY);
    if (bytes != null) {
      return new Turn.Say(Payload.binary(bytes));
    }
    if (step.has(SEND)) {
      Template text = template(step, SEND, known);
      return text == null ? null : new Turn.Send(text);
    }
    Turn.Reply reply = reply(step, known);
    Map<String, Json.Path> captures = captures(step);
    if (reply == null || captures == null) {
      return null;
    }
    known.addAll(captures.keySet());
    return new Turn.Expect(reply, captures, step.get(SKIP, 0));
  }

  private static Turn.@Nullable Reply reply(Section step, Set<String> known) {
    Bytes binary = step.get(EXPECT_BINARY);
    Pattern regex = step.get(EXPECT_REGEX);
    if (binary != null) {
      return new Turn.Always(new Expectation.Exactly(Payload.binary(binary)));
    }
    if (regex != null) {
      Expectation.Matching matching = new Expectation.Matching(regex);
      known.addAll(matching.names());
      return new Turn.Always(matching);
    }
    if (step.has(EXPECT_PATH)) {
      return atPaths(step, known);
    }
    if (step.has(EXPECT_MESSAGE)) {
      return DialogueWords.message(step, EXPECT_MESSAGE, known);
    }
    if (step.has(EXPECT_SCHEMA)) {
      return DialogueWords.schema(step, EXPECT_SCHEMA);
    }
    if (step.has(EXPECT_JSON)) {
      Template json = template(step, EXPECT_JSON, known);
      // Any capture stands for a number here, which fits inside strings and outside of them.
      boolean bad =
          json != null && Json.parse(json.text().replaceAll("\\{\\{.*?}}", "0")).isEmpty();
      if (bad) {
        step.problem(EXPECT_JSON, "expected JSON, got something else");
      }
      return json == null || bad ? null : new Turn.Holding(json);
    }
    Key<String> key = step.has(EXPECT) ? EXPECT : EXPECT_PREFIX;
    Template text = template(step, key, known);
    if (text == null) {
      return null;
    }
    return step.has(EXPECT) ? new Turn.Text(text) : new Turn.Prefix(text);
  }

  private static Turn.@Nullable Reply atPaths(Section step, Set<String> known) {
    Map<Json.Path, Template> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : step.get(EXPECT_PATH, Map.of()).entrySet()) {
      Json.Path path = path(step, EXPECT_PATH, entry.getKey());
      Template value = new Template(entry.getValue());
      if (path == null || !known(step, EXPECT_PATH, value, known)) {
        return null;
      }
      values.put(path, value);
    }
    return new Turn.AtPaths(values);
  }

  private static @Nullable Map<String, Json.Path> captures(Section step) {
    Map<String, Json.Path> captures = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : step.get(CAPTURE, Map.of()).entrySet()) {
      Json.Path path = path(step, CAPTURE, entry.getValue());
      if (path == null) {
        return null;
      }
      captures.put(entry.getKey(), path);
    }
    return captures;
  }

  private static Json.@Nullable Path path(Section step, Key<?> key, String text) {
    try {
      return Json.Path.of(text);
    } catch (IllegalArgumentException e) {
      step.problem(key, "expected a JSON path such as $.id, got \"%s\"".formatted(text));
      return null;
    }
  }

  /** Null after a problem, or if the key's own value is one. */
  private static @Nullable Template template(Section step, Key<String> key, Set<String> known) {
    String text = step.get(key);
    Template template = text == null ? null : new Template(text);
    return template != null && known(step, key, template, known) ? template : null;
  }

  static boolean known(Section step, Key<?> key, Template template, Set<String> known) {
    Set<String> unknown = template.names();
    unknown.removeAll(known);
    unknown.forEach(name -> step.problem(key, "no earlier step captures \"%s\"".formatted(name)));
    return unknown.isEmpty();
  }
}
