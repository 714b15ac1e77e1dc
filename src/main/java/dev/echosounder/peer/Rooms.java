package dev.echosounder.peer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in which room of /broadcast. Any thread. */
final class Rooms {
  private final Map<String, Set<Session>> rooms = new ConcurrentHashMap<>();

  Script member(String room) {
    return new Script() {
      @Override
      public void onOpen(Session session) {
        rooms.compute(
            room,
            (name, members) -> {
              Set<Session> all = members == null ? ConcurrentHashMap.newKeySet() : members;
              all.add(session);
              return all;
            });
      }

      @Override
      public void onMessage(Session session, Message message) {
        // In each member's own serial order, so no lock is held towards another connection.
        rooms
            .getOrDefault(room, Set.of())
            .forEach(member -> member.link().run(() -> member.send(message)));
      }

      @Override
      public void onEnd(Session session) {
        rooms.computeIfPresent(
            room,
            (name, members) -> {
              members.remove(session);
              return members.isEmpty() ? null : members;
            });
      }
    };
  }
}
