package dev.echosounder.scenario;

import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.resource.ClasspathScanner;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where step classes are: this package, and the packages of the subprotocols, which are found by
 * being there. Taking one away takes its steps away and nothing else.
 */
final class Glue {
  private static final String SUBPROTOCOLS = "dev.echosounder.subprotocol";
  private static final List<URI> PACKAGES =
      List.of(
          URI.create("classpath:/dev/echosounder/scenario"),
          URI.create("classpath:/" + SUBPROTOCOLS.replace('.', '/')));

  private Glue() {}

  static RuntimeOptionsBuilder addTo(RuntimeOptionsBuilder options) {
    PACKAGES.forEach(options::addGlue);
    return options;
  }

  /** The step classes of all subprotocols, in the order of their packages. */
  static List<Class<?>> subprotocols() {
    return new ClasspathScanner(Glue.class::getClassLoader)
        .scanForClassesInPackage(SUBPROTOCOLS).stream()
            .filter(Glue::hasSteps)
            .sorted(Comparator.<Class<?>, String>comparing(Class::getName))
            .toList();
  }

  private static boolean hasSteps(Class<?> one) {
    Method[] methods = one.getDeclaredMethods();
    return Arrays.stream(methods).anyMatch(m -> m.isAnnotationPresent(Phrase.class));
  }
}
