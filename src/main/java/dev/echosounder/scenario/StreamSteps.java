package dev.echosounder.scenario;

import dev.echosounder.ws.StreamedEcho;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Messages of any size, never in memory as a whole. */
public final class StreamSteps {
  @When("{who} stream(s) {size} and receive(s) the echo")
  @Phrase(
      means =
          "Sends one binary message of this size in fragments of 64 KiB, generated on the way, and"
              + " checks what comes back by count and checksum. The endpoint has to echo as it"
              + " reads. Fails when nothing moves for the step's deadline.",
      example = "I stream 8 MiB and receive the echo")
  public void stream(String who, Integer size) throws InterruptedException {
    streamIn(who, size, StreamedEcho.DEFAULT_FRAGMENT);
  }

  @When("{who} stream(s) {size} in fragments of {size} and receive(s) the echo")
  @Phrase(
      means = "The same in fragments of another size.",
      example = "I stream 1 MiB in fragments of 1000 bytes and receive the echo")
  public void streamIn(String who, Integer size, Integer fragment) throws InterruptedException {
    Conversation in = World.current().of(who);
    in.open();
    StreamedEcho echo = StreamedEcho.start(in.connection(), size, fragment);
    String expected = "%,d bytes to come back as they were streamed".formatted(size);
    await(in, echo, expected);
    if (!echo.received().equals(echo.sent())) {
      String seen = echo.received() + " for " + echo.sent();
      throw Mismatch.of(in, expected, seen);
    }
  }

  /** As long as something moves; the size bounds how long that can be. */
  private static void await(Conversation in, StreamedEcho echo, String expected)
      throws InterruptedException {
    CompletableFuture<Void> done = echo.done();
    Duration patience = in.deadline();
    long before = -1;
    while (true) {
      try {
        done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        long moved = echo.sent().bytes() + echo.received().bytes();
        if (moved == before) {
          String seen =
              "nothing moved for %s: %s sent, %s received"
                  .formatted(Mismatch.say(patience), echo.sent(), echo.received());
          throw Mismatch.of(in, expected, seen + "; " + Mismatch.state(in));
        }
        before = moved;
      } catch (ExecutionException e) {
        String seen = "%s; %s had come".formatted(Mismatch.state(in), echo.received());
        throw Mismatch.of(in, expected, seen);
      }
    }
  }
}
