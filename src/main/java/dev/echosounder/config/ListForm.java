package dev.echosounder.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A list.
 *
 * @param unique the key, of items that are mappings, whose value no two items share; null if none
 */
record ListForm<T>(Form<T> item, int least, @Nullable String unique) implements Form<List<T>> {
  @Override
  public @Nullable List<T> read(Value value) {
    List<Value> items = value.items();
    if (items == null) {
      return null;
    }
    if (items.size() < least) {
      value.problem("expected a list of at least %d, got %d".formatted(least, items.size()));
      return null;
    }
    if (unique != null) {
      noTwins(items, unique);
    }
    List<T> good = new ArrayList<>();
    for (Value one : items) {
      T read = item.read(one);
      if (read != null) {
        good.add(read);
      }
    }
    return List.copyOf(good);
  }

  /** Looks at the file rather than at what was read: a broken item has a name too. */
  private static void noTwins(List<Value> items, String key) {
    Map<String, Integer> lines = new HashMap<>();
    for (Value one : items) {
      if (!(one.node() instanceof MappingNode mapping)) {
        continue;
      }
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name
            && name.getValue().equals(key)
            && tuple.getValueNode() instanceof ScalarNode content) {
          int line = content.getStartMark().map(m -> m.getLine() + 1).orElse(0);
          Integer first = lines.putIfAbsent(content.getValue(), line);
          if (first != null) {
            Value twin = new Value(content, one.context());
            twin.problem(
                "the %s %s is already taken in line %d".formatted(key, twin.shown(), first));
          }
        }
      }
    }
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> schema = Schema.of("type", "array", "items", item.schema());
    if (least > 0) {
      schema.put("minItems", least);
    }
    return schema;
  }
}
