package dev.echosounder.scenario;

import dev.echosounder.check.IdleFinding;
import dev.echosounder.peer.proxy.FaultProxy;
import dev.echosounder.ws.Connection;
import dev.echosounder.ws.CookieJar;
import dev.echosounder.ws.Inbox;
import dev.echosounder.ws.Listener;
import dev.echosounder.ws.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one scenario knows: how to connect next, and the connections it has opened, by name. Bound
 * to the scenario's thread; not thread-safe. Your own steps and hooks reach it by {@link
 * #current()}, for instance to point a scenario at an application that listens on a random port.
 */
public final class World {
  /** The name of the connection that a scenario means when it names none. */
  public static final String ME = "I";

  private static final URI NOWHERE = URI.create("ws://nowhere.invalid/");

  private static final ThreadLocal<@Nullable World> CURRENT = new ThreadLocal<>();

  private final Map<String, Conversation> conversations = new LinkedHashMap<>();
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private @Nullable FaultProxy proxy;
  private @Nullable IdleFinding found;
  private @Nullable Volley volley;
  private @Nullable Latencies measured;
  private @Nullable Target base;
  private final List<UnaryOperator<Target>> options = new ArrayList<>();
  private Duration deadline = Duration.ofSeconds(5);
  private final CookieJar cookies = new CookieJar();
  private final Memory memory = new Memory();
  private Clock clock = Clock.systemUTC();
  private boolean cookiesMatter = true;
  private boolean messagesMatter = true;
  private boolean dropsMatter = true;

  private World() {}

  static World begin() {
    World world = new World();
    CURRENT.set(world);
    return world;
  }

  static void end() {
    CURRENT.remove();
  }

  /** Bound to no thread: {@link #during} binds it for one step. */
  static World unbound() {
    return new World();
  }

  /** What a step does, in Java. */
  interface Step<T> {
    T run() throws InterruptedException;
  }

  /** Runs a step on this thread as a step of this scenario. */
  <T> T during(Step<T> step) throws InterruptedException {
    World before = CURRENT.get();
    CURRENT.set(this);
    try {
      return step.run();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /**
   * The scenario that runs on this thread.
   *
   * @throws IllegalStateException if none does
   */
  public static World current() {
    World world = CURRENT.get();
    if (world == null) {
      throw new IllegalStateException(
          "no scenario runs on this thread: is the glue dev.echosounder.scenario configured?");
    }
    return world;
  }

  /** Makes later connections of this scenario go to {@code uri}, keeping the other options. */
  public void endpoint(URI uri) {
    base = DefaultTarget.at(uri);
  }

  void endpoint(Target target) {
    base = target;
  }

  /** Changes the options of later connections of this scenario. */
  public void change(UnaryOperator<Target> option) {
    options.add(option);
  }

  /**
   * The connection that the scenario calls {@code who}.
   *
   * @throws AssertionError if nobody of that name has connected
   */
  public Connection connection(String who) {
    return of(who).connection();
  }

  /** Sets what {@code now} is in conditions about times; without it, the machine's clock. */
  public void clock(Clock source) {
    clock = source;
  }

  Clock clock() {
    return clock;
  }

  Memory memory() {
    return memory;
  }

  /** {@code text} with what is remembered in place of {@code {{name}}}. */
  String fill(String text) {
    return memory.fill(text);
  }

  /** What the next connection goes to, and how. */
  Target target() {
    if (base == null) {
      URI named = DefaultTarget.named().orElseGet(() -> Shared.embedded(Shared.ECHO));
      base = DefaultTarget.at(named);
    }
    Target chosen = base;
    for (UnaryOperator<Target> option : options) {
      chosen = option.apply(chosen);
    }
    return cookiesMatter ? cookies.applied(chosen) : chosen;
  }

  /** All options that the scenario gave so far, whether it has connected or not, to be hidden. */
  Target said() {
    Target all = base == null ? Target.of(NOWHERE) : base;
    for (UnaryOperator<Target> option : options) {
      all = appliedIfItCan(option, all);
    }
    return all;
  }

  /** One that can't be used says so to who connects; the others may hold secrets all the same. */
  private static Target appliedIfItCan(UnaryOperator<Target> option, Target target) {
    try {
      return option.apply(target);
    } catch (IllegalArgumentException e) {
      return target;
    }
  }

  /** {@code path} on the same scheme and authority as the target. */
  static URI onTarget(String path) {
    URI relative = URI.create(path);
    if (relative.isAbsolute()) {
      return relative;
    }
    return DefaultTarget.named()
        .map(t -> t.resolve(relative))
        .orElseGet(() -> Shared.embedded(path));
  }

  /** Begins to connect; a second connection of the same name is a mistake in the scenario. */
  Conversation connect(String who) {
    if (conversations.containsKey(who)) {
      throw new AssertionError(who + " has connected already: use another name");
    }
    Inbox inbox = new Inbox();
    Pulse pulse = new Pulse(inbox, () -> Shared.keepers().timer());
    Listener listener = cookiesMatter ? cookies.listening(pulse) : pulse;
    Connection connection = DefaultTarget.client().open(target(), listener);
    DefaultTarget.connected(connection);
    Conversation conversation = new Conversation(who, connection, inbox, pulse, deadline);
    conversations.put(who, conversation);
    return conversation;
  }

  Conversation of(String who) {
    Conversation found = conversations.get(who);
    if (found == null) {
      String verb = who.equals(ME) ? " connect\"" : " connects\"";
      throw new AssertionError(who + " has not connected: say \"" + who + verb + " first");
    }
    return found;
  }

  Collection<Conversation> conversations() {
    return conversations.values();
  }

  /** The clients of "3 clients connect", in order. */
  List<Conversation> crowd() {
    List<Conversation> crowd =
        conversations.values().stream().filter(c -> c.who().startsWith("client ")).toList();
    if (crowd.isEmpty()) {
      throw new AssertionError("no clients have connected: say \"3 clients connect\" first");
    }
    return crowd;
  }

  /** A connection to be kept open; a second one of the same name is a mistake in the scenario. */
  Kept keep(String who) {
    Kept next = new Kept(who);
    if (kept.putIfAbsent(who, next) != null) {
      throw new AssertionError(who + " keeps a connection open already: use another name");
    }
    return next;
  }

  Kept kept(String who) {
    Kept one = kept.get(who);
    if (one == null) {
      String verb = who.equals(ME) ? " keep" : " keeps";
      throw new AssertionError(
          "%s has no connection that is kept open: say \"%s%s a connection open\" first"
              .formatted(who, who, verb));
    }
    return one;
  }

  Collection<Kept> kept() {
    return kept.values();
  }

  void proxy(FaultProxy started) {
    if (proxy != null) {
      started.close();
      throw new AssertionError("a fault proxy stands before the endpoint already");
    }
    proxy = started;
  }

  FaultProxy proxy() {
    if (proxy == null) {
      throw new AssertionError(
          "there is no fault proxy: say \"a fault proxy stands before the endpoint\" first");
    }
    return proxy;
  }

  /** Frees what is no connection. */
  void release() {
    if (proxy != null) {
      proxy.close();
    }
  }

  void volley(Volley sent) {
    volley = sent;
  }

  Volley volley() {
    if (volley == null) {
      throw new AssertionError(
          "nothing was sent at a rate: say \"I send 50 messages at 500 per second:\" first");
    }
    return volley;
  }

  void measured(Latencies latencies) {
    measured = latencies;
  }

  Latencies measured() {
    if (measured == null) {
      throw new AssertionError(
          "no latencies are known: a step such as \"each is answered within …\" measures them");
    }
    return measured;
  }

  void found(IdleFinding finding) {
    found = finding;
  }

  IdleFinding found() {
    if (found == null) {
      throw new AssertionError(
          "nothing is known of silence: say \"the idle limit is looked for, …\" first");
    }
    return found;
  }

  Duration deadline() {
    return deadline;
  }

  void deadline(Duration wait) {
    deadline = wait;
    conversations.values().forEach(c -> c.deadline(wait));
  }

  CookieJar cookies() {
    return cookies;
  }

  void ignoreCookies() {
    cookiesMatter = false;
  }

  boolean messagesMatter() {
    return messagesMatter;
  }

  void ignoreMessages() {
    messagesMatter = false;
  }

  boolean dropsMatter() {
    return dropsMatter;
  }

  void ignoreDrops() {
    dropsMatter = false;
  }
}
