package dev.echosounder.ws;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Timelines written by hand, for the tests of those who read them. */
public final class Timelines {
  private Timelines() {}

  /** Starts at 0 ns and holds {@code events}. */
  public static Timeline of(Event... events) {
    return of(Timeline.DEFAULT_FRAMES, List.of(events));
  }

  /** The same, keeping the newest {@code maxFrames} frames. */
  public static Timeline of(int maxFrames, List<Event> events) {
    Timeline timeline = new Timeline(maxFrames, () -> 0);
    events.forEach(timeline::add);
    return timeline;
  }

  /** An empty one that starts now. */
  public static Timeline startingAt(LongSupplier nanos) {
    return new Timeline(Timeline.DEFAULT_FRAMES, nanos);
  }

  /** TLS agreed at {@code nanos}, with a chain of certificates that expire at these times. */
  public static Event.TlsDone tls(long nanos, Instant... notAfter) {
    List<PeerCertificate> chain =
        Arrays.stream(notAfter)
            .map(
                end ->
                    new PeerCertificate(
                        "CN=server",
                        "CN=authority",
                        List.of("localhost"),
                        Instant.EPOCH,
                        end,
                        BigInteger.ONE,
                        "EC",
                        256,
                        "SHA256withECDSA"))
            .toList();
    return new Event.TlsDone(nanos, "TLSv1.3", "TLS_AES_128_GCM_SHA256", chain);
  }

  /** Adds one event, as an I/O thread would. */
  public static void add(Timeline timeline, Event event) {
    timeline.add(event);
  }
}
