package dev.echosounder.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** A request's query parameters. */
record Query(Fields fields) {
  /** A request that can't be served; the reason is for its sender. */
  static final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Bad(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /**
   * @throws Bad if the query is not well encoded
   */
  static Query of(Request request) {
    try {
      return new Query(Request.extractQueryParameters(request, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw new Bad("the query is not well encoded");
    }
  }

  List<String> all(String name) {
    List<String> values = fields.getValues(name);
    return values == null ? List.of() : values;
  }

  /**
   * The parameter's value, or null if it is missing or empty.
   *
   * @throws Bad if it is there more than once
   */
  @Nullable String one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new Bad("parameter \"" + name + "\" is there more than once");
    }
    return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
  }

  /**
   * The parameter's value.
   *
   * @throws Bad if it is missing, empty, or there more than once
   */
  String need(String name) {
    String value = one(name);
    if (value == null) {
      throw new Bad("parameter \"" + name + "\" is missing");
    }
    return value;
  }

  /**
   * The parameter as a number from 1.
   *
   * @throws Bad if it is something else
   */
  int number(String name, int otherwise) {
    String value = one(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9][0-9]{0,8}")) {
      throw new Bad("parameter \"" + name + "\" is not a number from 1");
    }
    return Integer.parseInt(value);
  }
}
