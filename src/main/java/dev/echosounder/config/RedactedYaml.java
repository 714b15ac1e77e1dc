package dev.echosounder.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The file for everybody's eyes. Made of its values, not of its text: comments may hold secrets.
 */
final class RedactedYaml {
  /** Not a secret, and tells how the secret behind it is used. */
  private static final Pattern SCHEME = Pattern.compile("(?:Basic|Bearer|Token) ");

  private final Context context;

  private RedactedYaml(Context context) {
    this.context = context;
  }

  static String of(Value root) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(new RedactedYaml(root.context()).plain(root.node()));
  }

  private Object plain(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        map.put(plain(tuple.getKeyNode()), plain(tuple.getValueNode()));
      }
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      sequence.getValue().forEach(item -> list.add(plain(item)));
      return list;
    }
    return scalar((ScalarNode) node);
  }

  private Object scalar(ScalarNode node) {
    if (node.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(node.getValue());
    }
    if (node.getTag().equals(Tag.INT)) {
      return Integer.valueOf(node.getValue());
    }
    return text(node.getValue(), context.isSecret(node));
  }

  /** References as they stand; what is between them goes if secret, or loses known secrets. */
  private String text(String raw, boolean secret) {
    StringBuilder text = new StringBuilder();
    Matcher matcher = References.FORM.matcher(raw);
    int from = 0;
    while (matcher.find()) {
      text.append(between(raw.substring(from, matcher.start()), secret)).append(matcher.group());
      from = matcher.end();
    }
    return text.append(between(raw.substring(from), secret)).toString();
  }

  private String between(String part, boolean secret) {
    if (!secret || part.isEmpty()) {
      return context.redactor().redact(Credentials.hideInUrls(part));
    }
    Matcher scheme = SCHEME.matcher(part);
    if (!scheme.lookingAt()) {
      return Credentials.HIDDEN;
    }
    return scheme.group() + (scheme.end() == part.length() ? "" : Credentials.HIDDEN);
  }
}
