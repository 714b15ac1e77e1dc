package dev.echosounder.ws;

/** A whole message, or a pong. Stamped like the {@link Event} of its last frame. */
public sealed interface Message {
  /** When its last frame arrived, in nanoseconds of the client's monotonic clock. */
  long nanos();

  /** The payload's size in bytes, uncompressed. */
  int size();

  /** The opcode of its first frame. */
  Opcode opcode();

  /** A text message. */
  record Text(long nanos, String text, int size) implements Message {
    @Override
    public Opcode opcode() {
      return Opcode.TEXT;
    }
  }

  /** A binary message. */
  record Binary(long nanos, Bytes bytes) implements Message {
    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public Opcode opcode() {
      return Opcode.BINARY;
    }
  }

  /** A pong's application data (RFC 6455 §5.5.3). */
  record Pong(long nanos, Bytes bytes) implements Message {
    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public Opcode opcode() {
      return Opcode.PONG;
    }
  }
}
