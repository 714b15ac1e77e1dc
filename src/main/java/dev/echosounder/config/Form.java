package dev.echosounder.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one value is read: into what, what is wrong with it, and what the JSON schema says of it.
 * Stateless. {@link Forms} has the usual ones.
 */
public interface Form<T> {
  /** The value; null after at least one problem was reported to {@code value}. */
  @Nullable T read(Value value);

  /** JSON schema, 2020-12. */
  Map<String, Object> schema();

  /** The same, turned into something else by a function that never fails. */
  default <R> Form<R> map(Function<T, R> function) {
    Form<T> self = this;
    return new Form<>() {
      @Override
      public @Nullable R read(Value value) {
        T read = self.read(value);
        return read == null ? null : function.apply(read);
      }

      @Override
      public Map<String, Object> schema() {
        return self.schema();
      }
    };
  }
}
