package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hears one connection and proves that every start has its end, and that there is one end. */
final class TimelineRecorder implements Listener {
  private static final Map<Class<? extends Event>, List<Class<? extends Event>>> PAIRS =
      Map.of(
          Event.Resolving.class, List.of(Event.Resolved.class),
          Event.Connecting.class, List.of(Event.Connected.class, Event.NotConnected.class),
          Event.TlsStarted.class, List.of(Event.TlsDone.class),
          Event.Tunnelling.class, List.of(Event.Tunnelled.class),
          Event.Upgrading.class,
              List.of(Event.Upgraded.class, Event.Unauthorized.class, Event.Redirected.class));

  private final Listener next;
  private final List<Event> events = new ArrayList<>();

  TimelineRecorder(Listener next) {
    this.next = next;
  }

  @Override
  public synchronized void onEvent(Connection connection, Event event) {
    events.add(event);
    next.onEvent(connection, event);
  }

  @Override
  public void onOpen(Connection connection) {
    next.onOpen(connection);
  }

  @Override
  public void onMessage(Connection connection, Message message) {
    next.onMessage(connection, message);
  }

  synchronized void assertPaired() {
    long terminal =
        events.stream().filter(e -> e instanceof Event.Refused || e instanceof Event.Ended).count();
    assertThat(terminal).as("one end in %s", events).isEqualTo(1);
    Event last = events.get(events.size() - 1);
    assertThat(last).isInstanceOfAny(Event.Refused.class, Event.Ended.class);
    for (int i = 0; i < events.size(); i++) {
      List<Class<? extends Event>> ends = PAIRS.get(events.get(i).getClass());
      if (ends != null) {
        List<Event> after = events.subList(i + 1, events.size());
        assertThat(after)
            .as("the end of %s", events.get(i))
            .anyMatch(e -> ends.contains(e.getClass()) || e instanceof Event.Refused);
      }
      if (events.get(i) instanceof Event.Connecting begun) {
        assertThat(events.subList(i + 1, events.size()))
            .as("the end of %s", begun)
            .anyMatch(e -> endsWith(begun, e));
      }
    }
  }

  /** Several addresses may be under way: each has its own end. */
  private static boolean endsWith(Event.Connecting begun, Event end) {
    return end instanceof Event.Refused
        || (end instanceof Event.Connected c && c.remote().equals(begun.remote()))
        || (end instanceof Event.NotConnected n && n.remote().equals(begun.remote()));
  }
}
