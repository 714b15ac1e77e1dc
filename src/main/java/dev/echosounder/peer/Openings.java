package dev.echosounder.peer;

import java.time.Duration;

/** Scripts that take more than a line of the catalogue. */
final class Openings {
  private static final long FLOOD_AHEAD = 64 * 1024;

  private Openings() {}

  /** The first one goes out with the 101, the others at their times. */
  static void greet(Session session, Message greeting, int count, Duration every) {
    session.send(greeting);
    if (count > 1) {
      Runnable next = () -> greet(session, greeting, count - 1, every);
      if (every.isZero()) {
        session.link().run(next);
      } else {
        session.link().later(every, next);
      }
    }
  }

  /** Never more than some tens of kilobytes ahead of the socket, however slow the client. */
  static void flood(Session session, int from, int count, int size) {
    int number = from;
    while (number <= count && session.link().pending() < FLOOD_AHEAD) {
      String head = number + " ";
      session.send(Message.text(head + "x".repeat(Math.max(0, size - head.length()))));
      number++;
    }
    if (number <= count) {
      int next = number;
      session.link().whenSent(() -> flood(session, next, count, size));
    }
  }
}
