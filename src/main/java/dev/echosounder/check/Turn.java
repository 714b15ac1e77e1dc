package dev.echosounder.check;

import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/** One step of a {@link Dialogue}. */
public sealed interface Turn {
  /** Sends a text message. */
  record Send(Template text) implements Turn {}

  /** Sends this message as it stands. */
  record Say(Payload payload) implements Turn {}

  /**
   * Waits for a message.
   *
   * @param reply which one
   * @param captures what to remember of it, by name; it has to be JSON then
   * @param skip how many others may come before it
   */
  record Expect(Reply reply, Map<String, Json.Path> captures, int skip) implements Turn {
    public Expect {
      captures = Map.copyOf(captures);
    }
  }

  /** Which message is expected, in terms of what was captured before. */
  sealed interface Reply {
    /** What was captured makes the expectation. */
    Expectation given(Map<String, String> captured);
  }

  /** The same whatever was captured. */
  record Always(Expectation expectation) implements Reply {
    @Override
    public Expectation given(Map<String, String> captured) {
      return expectation;
    }
  }

  /** In the words of {@link MessageWords}. */
  record Words(String text, Clock clock) implements Reply {
    @Override
    public Expectation given(Map<String, String> captured) {
      try {
        return MessageWords.parse(text, Template.Filling.of(captured), clock);
      } catch (IllegalArgumentException e) {
        return new Expectation.Impossible(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Exactly this text. */
  record Text(Template text) implements Reply {
    @Override
    public Expectation given(Map<String, String> captured) {
      return new Expectation.Exactly(Payload.text(text.fill(captured)));
    }
  }

  /** A text that begins like this. */
  record Prefix(Template text) implements Reply {
    @Override
    public Expectation given(Map<String, String> captured) {
      return new Expectation.StartingWith(text.fill(captured));
    }
  }

  /** JSON that holds at least this; what was captured stands inside strings, or is a number. */
  record Holding(Template json) implements Reply {
    @Override
    public Expectation given(Map<String, String> captured) {
      return new Expectation.Holding(json.fill(captured, Json::escaped));
    }
  }

  /** JSON in which each path leads to this text. */
  record AtPaths(Map<Json.Path, Template> values) implements Reply {
    public AtPaths {
      values = Map.copyOf(values);
    }

    @Override
    public Expectation given(Map<String, String> captured) {
      return new Expectation.AtPaths(
          values.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().fill(captured))));
    }
  }
}
