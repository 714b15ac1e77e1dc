package dev.echosounder.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Two hosts of the test's own, joined by a cable: network namespaces of Linux with a veth pair.
 * Nothing outside of them takes part. Their addresses are of the range for documentation (RFC
 * 5737).
 */
public final class Namespaces implements AutoCloseable {
  /** The near host's address. */
  public static final String NEAR = "192.0.2.1";

  /** The far host's address. */
  public static final String FAR = "192.0.2.2";

  private static final String CABLE = "cable";

  private final String near;
  private final String far;

  private Namespaces(String id) {
    near = "es-near-" + id;
    far = "es-far-" + id;
  }

  /** Makes them; says why not where it can't: it takes Linux, iproute2 and root. */
  public static Optional<String> unavailable() {
    if (Program.find("ip").isEmpty() || Program.find("tc").isEmpty()) {
      return Optional.of("ip and tc (iproute2) are not installed");
    }
    try (Namespaces tried = new Namespaces("try-" + ProcessHandle.current().pid())) {
      tried.make();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes them.
   *
   * @throws IllegalStateException if it can't
   */
  public static Namespaces create() {
    Namespaces both = new Namespaces(Long.toString(ProcessHandle.current().pid()));
    try {
      both.make();
      return both;
    } catch (IllegalStateException e) {
      both.close();
      throw e;
    }
  }

  private void make() {
    run("ip", "netns", "add", near);
    run("ip", "netns", "add", far);
    run(
        ("ip link add " + CABLE + " netns " + near + " type veth peer name " + CABLE + " netns")
            .concat(" " + far)
            .split(" "));
    up(near, NEAR);
    up(far, FAR);
  }

  private void up(String host, String address) {
    run("ip", "-n", host, "addr", "add", address + "/24", "dev", CABLE);
    run("ip", "-n", host, "link", "set", CABLE, "up");
    run("ip", "-n", host, "link", "set", "lo", "up");
  }

  /** The command line that runs this one on the near host. */
  public List<String> onNear(List<String> command) {
    return on(near, command);
  }

  /** The command line that runs this one on the far host. */
  public List<String> onFar(List<String> command) {
    return on(far, command);
  }

  private static List<String> on(String host, List<String> command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", host));
    line.addAll(command);
    return line;
  }

  /**
   * Loses every packet that leaves the near host: by netem, or, in kernels without it, by the queue
   * that drops all.
   */
  public void loseEverything() {
    try {
      run("tc", "-n", near, "qdisc", "add", "dev", CABLE, "root", "netem", "loss", "100%");
    } catch (IllegalStateException noNetem) {
      run("tc", "-n", near, "qdisc", "add", "dev", CABLE, "root", "blackhole");
    }
  }

  /** Ends {@link #loseEverything}. */
  public void loseNothing() {
    run("tc", "-n", near, "qdisc", "del", "dev", CABLE, "root");
  }

  /** The far host's answers vanish in its own routing table. */
  public void blackHoleRoute() {
    run("ip", "-n", far, "route", "add", "blackhole", NEAR + "/32");
  }

  /** Ends {@link #blackHoleRoute}. */
  public void restoreRoute() {
    run("ip", "-n", far, "route", "del", "blackhole", NEAR + "/32");
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Removes both, and the cable with them; that one was never made is no failure. */
  @Override
  public void close() {
    for (String host : List.of(near, far)) {
      try {
        run("ip", "netns", "del", host);
      } catch (IllegalStateException e) {
        System.err.println("not removed: " + e.getMessage());
      }
    }
  }
}
