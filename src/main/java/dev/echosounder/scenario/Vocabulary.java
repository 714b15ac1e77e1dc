package dev.echosounder.scenario;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every step there is, read from the step classes themselves. */
public final class Vocabulary {
  private static final List<Class<?>> FAMILIES =
      List.of(
          EndpointSteps.class,
          RouteSteps.class,
          TlsSteps.class,
          WireSteps.class,
          OAuth2Steps.class,
          CookieSteps.class,
          ConnectSteps.class,
          HandshakeSteps.class,
          TlsFactsSteps.class,
          SendSteps.class,
          ReceiveSteps.class,
          MessageSteps.class,
          QuantitySteps.class,
          JsonPathSteps.class,
          RememberSteps.class,
          EchoSteps.class,
          StreamSteps.class,
          CloseSteps.class,
          LifetimeSteps.class,
          HoldSteps.class,
          FaultSteps.class,
          IdleSteps.class,
          FrameSteps.class,
          FlowSteps.class,
          RawSteps.class,
          CrowdSteps.class,
          LoadSteps.class,
          ScenarioSteps.class);

  private Vocabulary() {}

  /**
   * One step.
   *
   * @param family the kind of step: {@code Receive}
   * @param keyword {@code Given}, {@code When} or {@code Then}
   * @param pattern its Cucumber expression
   * @param meaning what it does, in a line
   * @param example how it stands in a feature, without its keyword; may have more lines
   */
  public record Step(
      String family, String keyword, String pattern, String meaning, String example) {}

  /** The step classes: those of this package, then the subprotocols'. */
  static List<Class<?>> families() {
    return Stream.concat(FAMILIES.stream(), Glue.subprotocols().stream()).toList();
  }

  /** All steps, by family, in alphabetical order within each. */
  public static List<Step> steps() {
    return families().stream().flatMap(Vocabulary::family).toList();
  }

  /** The whole vocabulary as a Markdown page. */
  public static String markdown() {
    StringBuilder page = new StringBuilder("# The vocabulary\n\n");
    page.append("Generated from the code; `echosounder steps` prints the same.\n");
    String family = "";
    for (Step step : steps()) {
      if (!step.family().equals(family)) {
        family = step.family();
        page.append("\n## ").append(family).append('\n');
      }
      page.append("\n`").append(step.pattern()).append("`\n\n");
      page.append(step.meaning()).append("\n\n```gherkin\n");
      page.append(step.keyword()).append(' ').append(step.example().replace("\n", "\n  "));
      page.append("\n```\n");
    }
    return page.toString();
  }

  private static Stream<Step> family(Class<?> steps) {
    String name = steps.getSimpleName().replaceAll("Steps$", "");
    return Arrays.stream(steps.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(Phrase.class))
        .map(m -> step(name, m))
        .sorted(Comparator.comparing(Step::pattern));
  }

  private static Step step(String family, Method method) {
    Phrase phrase = method.getAnnotation(Phrase.class);
    Given given = method.getAnnotation(Given.class);
    When when = method.getAnnotation(When.class);
    Then then = method.getAnnotation(Then.class);
    String keyword = given != null ? "Given" : when != null ? "When" : "Then";
    String pattern = given != null ? given.value() : when != null ? when.value() : then.value();
    return new Step(family, keyword, pattern, phrase.means(), phrase.example());
  }
}
