package dev.echosounder.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that prints the port it listens on, and ends when its standard input does. */
final class Script {
  private static final Pattern LISTENING = Pattern.compile("listening (\\d+)\\R");

  private Script() {}

  static Start start(String name, String path, Map<String, String> environment, Path... command) {
    ChildProcess process =
        ChildProcess.start(
            Scratch.directory(name).resolve("output.log"),
            environment,
            List.of(command).stream().map(Path::toString).toList());
    int port =
        process
            .await(() -> port(process.output()))
            .orElseThrow(() -> new IllegalStateException(name + " ended: " + process.output()));
    return new Start.Running(new External(name, Loopback.ws(port, path), process));
  }

  private static Optional<Integer> port(String output) {
    Matcher matcher = LISTENING.matcher(output);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
