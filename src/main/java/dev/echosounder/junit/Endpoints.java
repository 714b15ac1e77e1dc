package dev.echosounder.junit;

import dev.echosounder.ws.Target;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which endpoint a test means: by method, else by annotation, the innermost class first. */
final class Endpoints {
  private Endpoints() {}

  /** Empty if the class says nothing of it. */
  static Optional<Target> of(ExtensionContext context) {
    Class<?> type = context.getTestClass().orElse(null);
    while (type != null) {
      Optional<Target> found = byMethod(type, context).or(byAnnotation(type));
      if (found.isPresent()) {
        return found;
      }
      type = type.getEnclosingClass();
    }
    return Optional.empty();
  }

  private static Supplier<Optional<Target>> byAnnotation(Class<?> type) {
    return () ->
        AnnotationSupport.findAnnotation(type, WebSocketTest.class)
            .map(WebSocketTest::target)
            .filter(target -> !target.isBlank())
            .map(target -> target(target, "@WebSocketTest of " + type.getName()));
  }

  private static Optional<Target> byMethod(Class<?> type, ExtensionContext context) {
    List<Method> methods =
        AnnotationSupport.findAnnotatedMethods(
            type, Endpoint.class, HierarchyTraversalMode.BOTTOM_UP);
    if (methods.isEmpty()) {
      return Optional.empty();
    }
    Method method = methods.get(0);
    if (methods.size() > 1 || method.getParameterCount() > 0) {
      throw new ExtensionConfigurationException(
          "expected one method marked @Endpoint, without parameters, in %s; there are %s"
              .formatted(type.getName(), methods));
    }
    Object instance =
        context
            .getTestInstances()
            .flatMap(all -> all.findInstance(type))
            .map(Object.class::cast)
            .orElse(null);
    if (instance == null && !Modifier.isStatic(method.getModifiers())) {
      throw new ExtensionConfigurationException(
          "the endpoint of a test is not known before there is a test: make it static, or ask for"
              + " the client in the test: "
              + method);
    }
    return Optional.of(
        target(ReflectionSupport.invokeMethod(method, instance), "@Endpoint " + method));
  }

  private static Target target(@Nullable Object told, String where) {
    if (told instanceof Target target) {
      return target;
    }
    if (!(told instanceof URI || told instanceof String)) {
      throw new ExtensionConfigurationException(
          where + ": expected a URI, a String or a Target, got " + told);
    }
    try {
      return Target.of(URI.create(told.toString().trim()));
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(where + ": " + e.getMessage(), e);
    }
  }
}
