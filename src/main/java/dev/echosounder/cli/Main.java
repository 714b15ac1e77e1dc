package dev.echosounder.cli;

import dev.echosounder.daemon.Logs;
import java.io.PrintWriter;
import java.security.Security;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry point: knows the subcommands, and turns what happens into an exit code. */
@Command(
    name = "echosounder",
    description = "Tests WebSocket endpoints in CI and watches them in production.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Exit codes: 0 passed, 1 a check or scenario failed, 2 usage or configuration,",
      "3 a fault of our own."
    })
public final class Main implements Runnable {
  private record Subcommand(String name, Function<Io, Object> make) {}

  /** In the order of the help. */
  private static final List<Subcommand> SUBCOMMANDS =
      List.of(
          new Subcommand("probe", ProbeCommand::new),
          new Subcommand("test", TestCommand::new),
          new Subcommand("peer", PeerCommand::new),
          new Subcommand("proxy", ProxyCommand::new),
          new Subcommand("steps", StepsCommand::new),
          new Subcommand("daemon", DaemonCommand::new),
          new Subcommand("once", OnceCommand::new),
          new Subcommand("check-config", CheckConfigCommand::new),
          new Subcommand("health", HealthCommand::new));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "With a fault of our own, show the stack trace.")
  private boolean debug;

  private Main() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // The JDK keeps names for 30 s: every look-up but the first would measure a hash map.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    quicken();
    Logs.ofProgram();
    System.exit(run(Io.ofProcess(), args));
  }

  /** For what Jetty asks when it is loaded, and doesn't need here: a tenth of a start. */
  private static void quicken() {
    // Else it starts all of JMX to ask for this. It only keeps threads off each other's cache
    // lines.
    System.getProperties().putIfAbsent("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    // It lists all locales. Without the JDK's data there is but one, English, which is what we
    // speak.
    System.getProperties().putIfAbsent("java.locale.providers", "SPI");
  }

  static int run(Io io, String... args) {
    int code = commandLine(io, args).execute(args);
    io.out().flush();
    if (io.out().checkError()) {
      io.err().println("error: standard output was closed before all results were written");
      code = code == Exit.PASSED ? Exit.USAGE : code;
    }
    io.err().flush();
    return code;
  }

  private static CommandLine commandLine(Io io, String... words) {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    // One that is named comes alone: to read the options of all takes a quarter of the start.
    List<Subcommand> named =
        SUBCOMMANDS.stream().filter(s -> words.length > 0 && s.name().equals(words[0])).toList();
    for (Subcommand one : named.isEmpty() ? SUBCOMMANDS : named) {
      commandLine.addSubcommand(one.name(), one.make().apply(io));
    }
    return commandLine
        .setOut(new PrintWriter(io.out(), true, io.charset()))
        .setErr(new PrintWriter(io.err(), true, io.charset()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(io.color() ? Ansi.ON : Ansi.OFF))
        // A leading @ means a secret's file here, not more arguments.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> usage(io, e))
        .setExecutionExceptionHandler(main.faults(io));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a subcommand: " + String.join(", ", spec.subcommands().keySet()));
  }

  private static int usage(Io io, ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched.getUnmatched().get(0), command)
            : e.getMessage();
    io.err().println("error: " + message);
    io.err().println("See '" + command.qualifiedName() + " --help'.");
    return Exit.USAGE;
  }

  private static String unknown(String word, CommandSpec command) {
    boolean option = word.startsWith("-");
    Set<String> known = option ? command.optionsMap().keySet() : command.subcommands().keySet();
    String what = option ? "option" : known.isEmpty() ? "argument" : "subcommand";
    String name = option && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    return "unknown %s \"%s\"%s"
        .formatted(
            what, name, Nearest.to(name, known).map(n -> "; did you mean " + n + "?").orElse(""));
  }

  private IExecutionExceptionHandler faults(Io io) {
    return (e, commandLine, parsed) -> {
      if (e instanceof BadInput) {
        io.err().println("error: " + e.getMessage());
        return Exit.USAGE;
      }
      io.err().println("error: a fault of our own: " + e);
      if (debug) {
        e.printStackTrace(io.err());
      } else {
        io.err().println("Please report it, with the output of the same command and --debug.");
      }
      return Exit.DEFECT;
    };
  }

  /** The version that the jar's manifest carries. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "echosounder " + (version == null ? "(not from a jar)" : version),
        "Java " + Runtime.version()
      };
    }
  }
}
