package dev.echosounder.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value of the file and its position. Problems said to it carry that position. */
public final class Value {
  private static final int SHOWN = 80;

  private final Node node;
  private final Context context;

  Value(Node node, Context context) {
    this.node = node;
    this.context = context;
  }

  /** Reports what is wrong here. The message must not repeat a resolved reference. */
  public void problem(String message) {
    context.problem(node.getStartMark(), message);
  }

  /** Reports {@code expected <what>, got <the value as it stands in the file>}. */
  public void expected(String what) {
    expected(what, "");
  }

  /** As {@link #expected(String)}, with a hint at the end. */
  void expected(String what, String hint) {
    problem("expected " + what + ", got " + (node instanceof ScalarNode ? shown() : type()) + hint);
  }

  /** Reports {@code expected <what>, got <its type>}: for values that may be credentials. */
  public void expectedType(String what) {
    problem("expected " + what + ", got " + type());
  }

  /** Where relative paths start. */
  Path directory() {
    return context.directory();
  }

  Context context() {
    return context;
  }

  Node node() {
    return node;
  }

  boolean is(Tag tag) {
    return node.getTag().equals(tag);
  }

  /** A scalar as it stands in the file; empty for anything else. */
  String raw() {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** Marks it as a credential: {@code plain} is what must never print. */
  void secret(String plain) {
    context.secret(node);
    context.redactor().add(plain);
  }

  /** The items of a list; null, and a problem, if it isn't one. */
  @Nullable List<Value> items() {
    if (!(node instanceof SequenceNode sequence) || !is(Tag.SEQ)) {
      expectedType("a list");
      return null;
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (context.spend(item)) {
        items.add(new Value(item, context));
      }
    }
    return items;
  }

  /** One key of a mapping and its value. */
  record Entry(String name, Value key, Value value) {}

  /** The entries of a mapping, each name once; null, and a problem, if it isn't one. */
  @Nullable List<Entry> entries() {
    if (!(node instanceof MappingNode mapping) || !is(Tag.MAP)) {
      expectedType("a mapping");
      return null;
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Value key = new Value(tuple.getKeyNode(), context);
      if (!(tuple.getKeyNode() instanceof ScalarNode)) {
        key.expectedType("a name as key");
      } else if (key.raw().equals("<<")) {
        key.problem("merge keys (<<) are not supported: put what targets share into defaults");
      } else if (!names.add(key.raw())) {
        key.problem("the key " + key.shown() + " is given twice");
      } else if (context.spend(tuple.getValueNode())) {
        entries.add(new Entry(key.raw(), key, new Value(tuple.getValueNode(), context)));
      }
    }
    return entries;
  }

  /** The scalar as it stands in the file, in quotes, cut, without what looks like a credential. */
  String shown() {
    // One problem is one line, whatever stands in the file.
    String quiet = Credentials.hideInUrls(raw()).replaceAll("\\p{Cntrl}", "\uFFFD");
    return "\"" + (quiet.length() > SHOWN ? quiet.substring(0, SHOWN) + "…" : quiet) + "\"";
  }

  String type() {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (is(Tag.NULL)) {
      return "nothing";
    }
    if (is(Tag.INT) || is(Tag.FLOAT)) {
      return "a number";
    }
    return is(Tag.BOOL) ? "true or false" : is(Tag.STR) ? "text" : "the tag " + node.getTag();
  }
}
