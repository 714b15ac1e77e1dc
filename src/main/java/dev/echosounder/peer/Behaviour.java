package dev.echosounder.peer;

import java.util.List;

/**
 * One thing a {@link Peer} can do, as its URL says it.
 *
 * @param path the path; a segment in braces is a value
 * @param description one line
 * @param parameters values in the path and in the query
 * @param example a path and query that can be run as it stands
 */
public record Behaviour(
    String path, String description, List<Parameter> parameters, String example) {

  /**
   * One value of the path or the query.
   *
   * @param name as written in the URL
   * @param expected the values it takes
   * @param fallback the value when absent, or "" if there is none
   * @param description one line
   */
  public record Parameter(String name, String expected, String fallback, String description) {}
}
