package dev.echosounder.peer.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Faults in plain words: the same on the command line and in scenarios. */
final class Grammar {
  private static final String FRAMES =
      "(?:frame (?<n>\\d{1,9})|every frame) from the (?<side>client|server)";
  private static final String TIME = "(?<time>\\d{1,9}) ?(?<unit>ms|s|m)";
  private static final String ENDING =
      "(?<how>reset|end|black-hole|close(?: with (?<code>\\d{4})(?: \"(?<reason>[^\"]*)\")?)?)";

  /** A form and what it means. */
  private record Form(String example, Pattern pattern, Function<Matcher, Fault> meaning) {}

  private static final List<Form> FORMS = new ArrayList<>();

  static {
    add("drop frame 3 from the server", "drop " + FRAMES, m -> frame(Fault.Act.DROP, m));
    add(
        "delay every frame from the client by 50 ms",
        "delay " + FRAMES + " by " + TIME,
        m -> frame(Fault.Act.DELAY, m));
    add("corrupt frame 1 from the server", "corrupt " + FRAMES, m -> frame(Fault.Act.CORRUPT, m));
    add(
        "corrupt the header of frame 1 from the server",
        "corrupt the header of " + FRAMES,
        m -> frame(Fault.Act.CORRUPT_HEADER, m));
    add(
        "duplicate frame 2 from the server",
        "duplicate " + FRAMES,
        m -> frame(Fault.Act.DUPLICATE, m));
    add(
        "throttle the server to 10 KiB/s",
        "throttle the (?<side>client|server) to (?<size>\\d{1,9}) ?(?<scale>B|KiB|MiB)/s",
        m -> new Fault.Throttle(side(m), size(m)));
    add(
        "stall pongs from the server",
        "stall pongs from the (?<side>client|server)",
        m -> new Fault.StallPongs(side(m)));
    add(
        "cut inside frame 3 from the server",
        "cut inside frame (?<n>\\d{1,9}) from the server",
        m -> new Fault.End(new Fault.How.Cut(), new Fault.When.AfterFrame(number(m), Side.SERVER)));
    add(
        "reset after frame 3 from the server",
        ENDING + " after frame (?<n>\\d{1,9}) from the (?<side>client|server)",
        m -> new Fault.End(how(m), new Fault.When.AfterFrame(number(m), side(m))));
    add(
        "black-hole after 2 s",
        ENDING + " after " + TIME,
        m -> new Fault.End(how(m), new Fault.When.After(time(m))));
    add("end now", ENDING + " now", m -> new Fault.End(how(m), new Fault.When.Now()));
    add(
        "close with 1011 \"overloaded\" now",
        "close now with (?<code>\\d{4})(?: \"(?<reason>[^\"]*)\")?",
        m -> new Fault.End(close(m), new Fault.When.Now()));
    add("refuse connections", "refuse connections", m -> new Fault.Refuse());
    add("pass", "pass", m -> new Fault.Pass());
  }

  private Grammar() {}

  private static void add(String example, String pattern, Function<Matcher, Fault> meaning) {
    FORMS.add(new Form(example, Pattern.compile(pattern), meaning));
  }

  static List<String> forms() {
    return FORMS.stream().map(Form::example).toList();
  }

  static Fault parse(String words) {
    String plain = words.strip().replaceAll("\\s+", " ");
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(plain);
      if (matcher.matches()) {
        return form.meaning().apply(matcher);
      }
    }
    throw new IllegalArgumentException(
        "expected a fault such as \"%s\", got \"%s\""
            .formatted(String.join("\", \"", nearest(plain)), words));
  }

  /** The forms that begin with the same word, or all. */
  private static List<String> nearest(String words) {
    String verb = words.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    List<String> same = forms().stream().filter(f -> f.startsWith(verb + " ")).toList();
    return same.isEmpty() ? forms() : same;
  }

  private static Fault frame(Fault.Act act, Matcher m) {
    int number = m.group("n") == null ? 0 : number(m);
    Duration delay = act == Fault.Act.DELAY ? time(m) : Duration.ZERO;
    return new Fault.OnFrame(act, number, side(m), delay);
  }

  private static Side side(Matcher m) {
    return m.group("side").equals("client") ? Side.CLIENT : Side.SERVER;
  }

  private static int number(Matcher m) {
    int number = Integer.parseInt(m.group("n"));
    if (number == 0) {
      throw new IllegalArgumentException("frames are counted from 1, got frame 0");
    }
    return number;
  }

  private static Duration time(Matcher m) {
    long amount = Long.parseLong(m.group("time"));
    return switch (m.group("unit")) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private static long size(Matcher m) {
    long scale =
        switch (m.group("scale")) {
          case "B" -> 1;
          case "KiB" -> 1 << 10;
          default -> 1 << 20;
        };
    long size = Long.parseLong(m.group("size")) * scale;
    if (size == 0) {
      throw new IllegalArgumentException("expected at least 1 B/s; to pass nothing, black-hole");
    }
    return size;
  }

  private static Fault.How how(Matcher m) {
    return switch (m.group("how")) {
      case "reset" -> new Fault.How.Reset();
      case "end" -> new Fault.How.Fin();
      case "black-hole" -> new Fault.How.BlackHole();
      default -> close(m);
    };
  }

  private static Fault.How close(Matcher m) {
    int code = m.group("code") == null ? 1000 : Integer.parseInt(m.group("code"));
    String reason = m.group("reason") == null ? "" : m.group("reason");
    if (reason.getBytes(StandardCharsets.UTF_8).length > 123) {
      throw new IllegalArgumentException("a close reason has at most 123 bytes (RFC 6455 §5.5.1)");
    }
    return new Fault.How.Close(code, reason);
  }
}
