package dev.echosounder.peer.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Follows the frames of one lane (RFC 6455 §5.2) and does to each what the faults say; whether they
 * make sense is not its business. Confined to the loop's thread.
 */
final class FrameCursor {
  private static final int CLOSE = 0x8;
  private static final int PONG = 0xA;
  private static final long MOST_DUPLICATED = 16 << 20;
  private static final byte RESERVED_BITS = 0x70;

  private enum State {
    HEADER,
    /** The header is known, nothing of the frame is passed on yet. */
    READY,
    PAYLOAD
  }

  private final Lane lane;
  private final ByteBuffer header = ByteBuffer.allocate(14);
  private final Set<Fault.Act> acts = EnumSet.noneOf(Fault.Act.class);
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
  private State state = State.HEADER;
  private Duration delay = Duration.ZERO;
  private long number;
  private long length;
  private long left;
  private boolean cut;

  FrameCursor(Lane lane) {
    this.lane = lane;
  }

  /** One step; false if it needs more bytes, or must not go on. */
  boolean step(ByteBuffer in) {
    return switch (state) {
      case HEADER -> header(in);
      case READY -> ready();
      case PAYLOAD -> payload(in);
    };
  }

  private boolean header(ByteBuffer in) {
    while (in.hasRemaining()) {
      header.put(in.get());
      if (header.position() >= 2 && header.position() == headerLength()) {
        header.flip();
        number++;
        length = length();
        left = length;
        decide();
        state = State.READY;
        return true;
      }
    }
    return false;
  }

  private int headerLength() {
    int announced = header.get(1) & 0x7F;
    int extended = announced == 126 ? 2 : announced == 127 ? 8 : 0;
    return 2 + extended + ((header.get(1) & 0x80) != 0 ? 4 : 0);
  }

  private long length() {
    int announced = header.get(1) & 0x7F;
    // A length with its highest bit set is nobody's; it is passed on as if it went on for ever.
    return announced == 127
        ? header.getLong(2) & Long.MAX_VALUE
        : announced == 126 ? header.getShort(2) & 0xFFFF : announced;
  }

  private int opcode() {
    return header.get(0) & 0x0F;
  }

  private void decide() {
    Faults faults = lane.relay().faults();
    acts.clear();
    faults.onFrame(lane.from(), number).forEach(f -> acts.add(f.act()));
    if (opcode() == PONG && faults.stallsPongs(lane.from())) {
      acts.add(Fault.Act.DROP);
    }
    if (length == 0) {
      acts.remove(Fault.Act.CORRUPT);
    }
    if (length > MOST_DUPLICATED) {
      acts.remove(Fault.Act.DUPLICATE);
    }
    cut = faults.cutsInside(lane.from(), number);
    delay = faults.delay(lane.from(), number);
    acts.forEach(lane.relay()::did);
  }

  private boolean ready() {
    if (!delay.isZero()) {
      Duration time = delay;
      delay = Duration.ZERO;
      lane.pause(time);
      return false;
    }
    if (cut && length < 2) {
      lane.forward(header, 1);
      lane.relay().inject(new Fault.How.Cut());
      return false;
    }
    if (!acts.contains(Fault.Act.DROP)) {
      open();
    }
    header.position(header.limit());
    state = State.PAYLOAD;
    return true;
  }

  private void open() {
    if (opcode() == CLOSE) {
      lane.relay().closing(lane.from());
    }
    if (acts.contains(Fault.Act.CORRUPT_HEADER)) {
      header.put(0, (byte) (header.get(0) | RESERVED_BITS));
      lane.relay().violated(lane.from());
    }
    if (acts.contains(Fault.Act.DUPLICATE)) {
      copy.write(header.array(), 0, header.limit());
    }
    lane.send(header.slice());
  }

  private boolean payload(ByteBuffer in) {
    if (left == 0) {
      return done();
    }
    long most = cut ? left - (length - length / 2) : left;
    int some = (int) Math.min(in.remaining(), most);
    if (some > 0 && left == length && acts.contains(Fault.Act.CORRUPT)) {
      in.put(in.position(), (byte) ~in.get(in.position()));
    }
    int start = in.position();
    boolean progress = pass(in, some);
    left -= in.position() - start;
    if (cut && left == length - length / 2) {
      lane.relay().inject(new Fault.How.Cut());
      return false;
    }
    return progress || left == 0;
  }

  private boolean pass(ByteBuffer in, int some) {
    if (acts.contains(Fault.Act.DROP)) {
      in.position(in.position() + some);
      return some > 0;
    }
    ByteBuffer seen = in.duplicate();
    boolean progress = lane.forward(in, some);
    if (acts.contains(Fault.Act.DUPLICATE)) {
      byte[] bytes = new byte[in.position() - seen.position()];
      seen.get(bytes);
      copy.writeBytes(bytes);
    }
    return progress;
  }

  private boolean done() {
    if (acts.contains(Fault.Act.DUPLICATE)) {
      lane.send(ByteBuffer.wrap(copy.toByteArray()));
      copy.reset();
    }
    header.clear();
    state = State.HEADER;
    if (!acts.contains(Fault.Act.DROP)) {
      lane.relay().passed();
    }
    return lane.relay().after(lane.from(), number);
  }
}
