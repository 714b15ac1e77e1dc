package dev.echosounder.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Loads configuration files. */
public final class ConfigFile {
  /** Ten thousand targets need about 2 MiB. */
  static final int MOST_BYTES = 16 << 20;

  private ConfigFile() {}

  /**
   * Reads a file, resolves its references, checks everything. Blocks for the files it reads; keeps
   * nothing; may be called from any thread.
   *
   * @param file relative paths in it start at its directory
   * @param kinds what {@code kind:} may name
   */
  public static Loaded load(Path file, Environment environment, CheckKinds kinds) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    Context context =
        new Context(
            file.toString(), directory == null ? file.toAbsolutePath() : directory, environment);
    String text = text(file, context);
    return text == null ? new Loaded.Bad(context.problems()) : parse(text, context, kinds);
  }

  static Loaded parse(String text, Context context, CheckKinds kinds) {
    Node root = YamlText.compose(text, context);
    Config config = root == null ? null : new RootForm(kinds).read(new Value(root, context));
    List<Problem> problems = context.problems();
    if (config == null || !problems.isEmpty()) {
      return new Loaded.Bad(problems);
    }
    return new Loaded.Good(config);
  }

  private static @Nullable String text(Path file, Context context) {
    if (Files.isDirectory(file)) {
      context.problem(0, 0, "expected a file, got a directory");
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        context.problem(0, 0, "the file is larger than 16MiB");
        return null;
      }
      return decode(bytes, context);
    } catch (NoSuchFileException e) {
      context.problem(0, 0, "the file does not exist");
    } catch (AccessDeniedException e) {
      context.problem(0, 0, "no permission to read the file");
    } catch (IOException e) {
      context.problem(0, 0, "the file can't be read: " + e.getMessage());
    }
    return null;
  }

  static @Nullable String decode(byte[] bytes, Context context) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      String before = out.flip().toString();
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = before.length() - before.lastIndexOf('\n');
      context.problem(line, column, "the file is not UTF-8");
      return null;
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
