package dev.echosounder.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.echosounder.servers.FuzzFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Clients that send anything at all, through the fault proxy: nothing hangs, nothing is left open,
 * no thread throws, and the next client is served. {@code -Dechosounder.fuzz.seed} repeats one.
 */
final class PeerFuzzTest extends BehindTheProxy {
  private static final int CLIENTS = Integer.getInteger("echosounder.fuzz.clients", 100);

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            complaints.add(event.getLoggerName() + ": " + event.getFormattedMessage());
          }
        }
      };

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void listen() {
    ears.start();
    root().addAppender(ears);
  }

  @AfterEach
  void deafen() {
    root().detachAppender(ears);
  }

  @Test
  void whateverClientsSendEachEndsAndTheNextIsServed() throws Exception {
    Long one = Long.getLong("echosounder.fuzz.seed");
    long first = one == null ? System.nanoTime() & 0xFFFFFFFFL : one;
    for (long seed = first; seed < first + (one == null ? CLIENTS : 1); seed++) {
      try {
        send(seed);
      } catch (IOException e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(complaints).as("seed %d", seed).isEmpty();
    }
    await(() -> proxy.ledger().open() == 0 && peer.ledger().open() == 0);
    try (RawClient client = open("/echo")) {
      echoes(client, "still here");
    }
  }

  private void send(long seed) throws IOException, InterruptedException {
    Random random = new Random(seed);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.setSoTimeout(10_000);
      boolean deflate = random.nextBoolean();
      OutputStream out = socket.getOutputStream();
      out.write(request(random, deflate));
      // The peer answers while we send: whoever does not read would block both.
      Thread reader = new Thread(() -> drain(socket, seed), "fuzz-reader");
      reader.start();
      talk(random, out, new FuzzFrames(random, deflate, true));
      end(random.nextBoolean(), socket);
      reader.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(reader.isAlive()).as("seed %d hangs", seed).isFalse();
    }
  }

  private static void end(boolean reset, Socket socket) {
    try {
      if (reset) {
        socket.setSoLinger(true, 0);
        socket.close();
      } else {
        socket.shutdownOutput();
      }
    } catch (IOException e) {
      return; // The peer has cut it already.
    }
  }

  private static void talk(Random random, OutputStream out, FuzzFrames source) {
    try {
      for (int i = random.nextInt(100); i > 0; i--) {
        out.write(source.next());
      }
    } catch (IOException e) {
      return; // The peer has cut a client that breaks the rules, as it should.
    }
  }

  private void drain(Socket socket, long seed) {
    byte[] buffer = new byte[8_192];
    try {
      InputStream in = socket.getInputStream();
      while (in.read(buffer) >= 0) {
        // Echoes, pongs, a close frame.
      }
    } catch (SocketTimeoutException e) {
      complaints.add("seed " + seed + ": not ended, and silent");
    } catch (IOException e) {
      return; // A reset, or our own close.
    }
  }

  private static byte[] request(Random random, boolean deflate) {
    String text =
        "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n" : "\r\n");
    byte[] request = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int flips = random.nextInt(10) == 0 ? 3 : 0; flips > 0; flips--) {
      request[random.nextInt(request.length)] = (byte) random.nextInt();
    }
    return request;
  }
}
