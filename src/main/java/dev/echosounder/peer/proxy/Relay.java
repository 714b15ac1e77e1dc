package dev.echosounder.peer.proxy;

import dev.echosounder.peer.proxy.FaultLedger.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection and the two sockets it is made of. Confined to the loop's thread. */
final class Relay {
  /** How long a client may take to answer our close frame, or our FIN, or to read what waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Never on the wire: a close frame without a body (RFC 6455 §7.1.5). */
  private static final int NO_STATUS = 1005;

  private final Loop loop;
  private final Book book;
  private final String authority;
  private final Socket client;
  private final Socket server;
  private final Lane up;
  private final Lane down;
  private boolean opened;
  private long openedAt;
  private @Nullable Ending ending;

  /** What is being done to it, from the decision on; null if nothing is. */
  private Fault.@Nullable How injected;

  private boolean acted;
  private boolean over;

  /** Whether one side has said its last. */
  private boolean gone;

  Relay(
      Loop loop,
      Book book,
      String authority,
      SocketChannel near,
      SocketChannel far,
      boolean connecting) {
    this.loop = loop;
    this.book = book;
    this.authority = authority;
    client = new Socket(loop, near, false, new Ears(Side.CLIENT));
    server = new Socket(loop, far, connecting, new Ears(Side.SERVER));
    up = new Lane(this, Side.CLIENT, client, server);
    down = new Lane(this, Side.SERVER, server, client);
  }

  Faults faults() {
    return book.faults();
  }

  void after(Duration delay, Runnable task) {
    loop.after(
        delay,
        () -> {
          if (!over) {
            task.run();
          }
        });
  }

  /** Both sides are connected. */
  void begin() {
    up.resume();
    down.resume();
  }

  // What the lanes tell.

  /** An HTTP head is complete. */
  void head(Lane lane, String text) {
    if (lane == up) {
      String named = text.replaceFirst("(?im)^host:[^\r\n]*", "Host: " + authority);
      server.send(ByteBuffer.wrap(named.getBytes(StandardCharsets.ISO_8859_1)));
      return;
    }
    client.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    if (text.startsWith("HTTP/1.1 101")) {
      opened = true;
      openedAt = System.nanoTime();
      book.opened();
      faults().timed().forEach(this::schedule);
      up.frames();
      down.frames();
    } else {
      up.raw();
      down.raw();
    }
  }

  /** A close frame is about to be passed on. */
  void closing(Side from) {
    if (acted && injected instanceof Fault.How.Close && from == Side.CLIENT) {
      finish();
    } else {
      decide(from == Side.CLIENT ? Ending.CLOSED_BY_CLIENT : Ending.CLOSED_BY_SERVER);
    }
  }

  /** A frame that breaks the protocol is about to be passed on. */
  void violated(Side from) {
    if (from == Side.SERVER) {
      decide(Ending.VIOLATION);
    }
  }

  void did(Fault.Act act) {
    book.did(act);
  }

  void passed() {
    book.passed();
  }

  /** A frame has been passed on or dropped; false if that was the last. */
  boolean after(Side from, long number) {
    faults().endAfter(from, number).ifPresent(this::inject);
    return injected == null;
  }

  // What is done to it.

  /** Until now it is open and nothing has been done to it. */
  boolean untouched() {
    return opened && ending == null && injected == null;
  }

  /** Ends it at its age, if the fault is still in force then. */
  void schedule(Fault.End fault) {
    Fault.When.After when = (Fault.When.After) fault.when();
    long age = opened ? System.nanoTime() - openedAt : 0;
    after(
        Duration.ofNanos(Math.max(0, when.age().toNanos() - age)),
        () -> {
          if (opened && faults().all().contains(fault)) {
            inject(fault.how());
          }
        });
  }

  /** Ends it, once what was passed on before has gone out. */
  void inject(Fault.How how) {
    if (!untouched()) {
      return;
    }
    injected = how;
    up.swallow();
    down.swallow();
    if (client.drained()) {
      act();
    } else {
      after(PATIENCE, this::act);
    }
  }

  private void act() {
    if (acted || ending != null) {
      return;
    }
    acted = true;
    if (injected instanceof Fault.How.Reset) {
      decide(Ending.RESET);
      client.reset();
      server.reset();
      release();
    } else if (injected instanceof Fault.How.BlackHole) {
      decide(Ending.BLACK_HOLE);
    } else if (injected instanceof Fault.How.Close close) {
      decide(Ending.CLOSED_BY_PROXY);
      book.closed(close.code());
      server.close();
      up.frames();
      client.send(closeFrame(close));
      after(PATIENCE, this::finish);
    } else {
      decide(injected instanceof Fault.How.Cut ? Ending.CUT : Ending.FIN);
      server.close();
      finish();
    }
  }

  private static ByteBuffer closeFrame(Fault.How.Close close) {
    byte[] reason = close.reason().getBytes(StandardCharsets.UTF_8);
    if (close.code() == NO_STATUS) {
      return ByteBuffer.wrap(new byte[] {(byte) 0x88, 0});
    }
    return ByteBuffer.allocate(4 + reason.length)
        .put((byte) 0x88)
        .put((byte) (2 + reason.length))
        .putShort((short) close.code())
        .put(reason)
        .flip();
  }

  /** FIN to the client; it may still say something, which nobody hears. */
  private void finish() {
    up.swallow();
    client.fin();
    after(PATIENCE, this::give);
  }

  private void decide(Ending how) {
    if (opened && ending == null) {
      ending = how;
      book.ended(how);
    }
  }

  /** Gives up both sockets. */
  void give() {
    decide(Ending.LOST_BY_SERVER);
    client.close();
    server.close();
    release();
  }

  private void release() {
    over = true;
    book.released(this);
  }

  private final class Ears implements Socket.Ears {
    private final Side side;

    Ears(Side side) {
      this.side = side;
    }

    @Override
    public void received(ByteBuffer bytes) {
      (side == Side.CLIENT ? up : down).process(bytes);
    }

    @Override
    public void connected(@Nullable IOException failure) {
      if (failure != null) {
        client.reset();
        give();
      } else {
        begin();
      }
    }

    @Override
    public void drained() {
      if (side == Side.CLIENT && injected != null) {
        act();
      } else {
        (side == Side.CLIENT ? down : up).resume();
      }
    }

    @Override
    public void ended(boolean reset) {
      if (injected instanceof Fault.How.BlackHole && side == Side.SERVER) {
        return;
      }
      decide(side == Side.CLIENT ? Ending.LOST_BY_CLIENT : Ending.LOST_BY_SERVER);
      if (injected != null) {
        give();
      } else if (reset) {
        (side == Side.CLIENT ? server : client).reset();
        give();
      } else {
        halfClosed();
      }
    }

    /** The other side may still have something to say, but not for ever. */
    private void halfClosed() {
      (side == Side.CLIENT ? server : client).fin();
      boolean both = gone;
      gone = true;
      if (both) {
        give();
      } else {
        after(PATIENCE.multipliedBy(30), Relay.this::give);
      }
    }
  }
}
