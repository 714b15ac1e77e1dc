package dev.echosounder.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping that was read by a {@link Layout}: its values by key. Used by one thread. */
public final class Section {
  private record Read(Value at, @Nullable Object content) {}

  private final Value value;
  private final Map<String, Read> reads = new HashMap<>();
  private boolean broken;

  Section(Value value) {
    this.value = value;
  }

  void put(Key<?> key, Value at) {
    Object content = key.form().read(at);
    broken |= content == null;
    reads.put(key.name(), new Read(at, content));
  }

  void breaks(String message) {
    broken = true;
    value.problem(message);
  }

  /** Never to be printed: what was made of its values. */
  void secret(String made) {
    value.context().redactor().add(made);
  }

  /** Whether a value of it could not be read: what depends on it has to be left out. */
  boolean broken() {
    return broken;
  }

  /** Whether the key is given. */
  public boolean has(Key<?> key) {
    return reads.containsKey(key.name());
  }

  /** The key's value; null if it isn't given. */
  @SuppressWarnings("unchecked") // put() stored what this very key's form read
  public <T> @Nullable T get(Key<T> key) {
    Read read = reads.get(key.name());
    return read == null ? null : (T) read.content();
  }

  /** The key's value, or {@code otherwise} if it isn't given. */
  public <T> T get(Key<T> key, T otherwise) {
    T given = get(key);
    return given == null ? otherwise : given;
  }

  /** The value of a required key. */
  public <T> T require(Key<T> key) {
    T given = get(key);
    if (given == null) {
      throw new IllegalStateException("the key " + key + " is not required by its layout");
    }
    return given;
  }

  /** Reports what is wrong with a key's value, at its position. */
  public void problem(Key<?> key, String message) {
    Read read = reads.get(key.name());
    (read == null ? value : read.at()).problem(message);
  }

  /** Reports what is wrong with the section as a whole. */
  public void problem(String message) {
    value.problem(message);
  }
}
