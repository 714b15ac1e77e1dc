package dev.echosounder.config;

/**
 * One key of a section.
 *
 * @param form of its value
 * @param doc one sentence for editors
 */
public record Key<T>(String name, Form<T> form, String doc, boolean required) {
  /** A key that may be left out. */
  public static <T> Key<T> optional(String name, Form<T> form, String doc) {
    return new Key<>(name, form, doc, false);
  }

  /** A key that must be given. */
  public static <T> Key<T> required(String name, Form<T> form, String doc) {
    return new Key<>(name, form, doc, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
