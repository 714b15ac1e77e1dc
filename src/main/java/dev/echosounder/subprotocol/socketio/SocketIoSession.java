package dev.echosounder.subprotocol.socketio;

import dev.echosounder.scenario.SubprotocolSession;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.socketio.SocketIoPacket.Kind;
import dev.echosounder.ws.Bytes;
import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A client's side of Socket.IO on one connection. The server's pings are answered. */
final class SocketIoSession extends SubprotocolSession<SocketIoPacket> {
  private static final int CONNECT = 0;
  private static final int DISCONNECT = 1;
  private static final int EVENT = 2;
  private static final int ACK = 3;

  /** The ids of events of ours that are not acknowledged. */
  private final Set<Integer> unacknowledged = new HashSet<>();

  private SocketIoPacket.@Nullable Head incomplete;
  private @Nullable SocketIoPacket lastEvent;
  private String namespace = "/";
  private int lastId = -1;
  private long emitted;

  private SocketIoSession(String who) {
    super(who, "Socket.IO");
  }

  static SocketIoSession of(String who) {
    return of(who, SocketIoSession.class, SocketIoSession::new);
  }

  @Override
  protected List<SocketIoPacket> decode(Message message) {
    if (message instanceof Message.Binary binary) {
      return attachment(binary.bytes());
    }
    String text = ((Message.Text) message).text();
    if (incomplete != null) {
      throw new IllegalArgumentException("a text before all attachments of " + incomplete.packet());
    }
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '0' -> List.of(SocketIoPacket.engine(Kind.OPEN, JsonText.parse(text.substring(1))));
      case '2' -> List.of(SocketIoPacket.engine(Kind.PING, null));
      case '4' -> {
        SocketIoPacket.Head head = SocketIoPacket.read(text.substring(1));
        incomplete = head.missing() > 0 ? head : null;
        yield head.missing() > 0 ? List.of() : List.of(checked(head.packet()));
      }
      case '1', '3', '6' -> List.of();
      default -> throw new IllegalArgumentException("no Engine.IO packet: \"" + text + "\"");
    };
  }

  @Override
  protected Optional<String> answerAtOnce(String text) {
    return text.startsWith("2") ? Optional.of("3" + text.substring(1)) : Optional.empty();
  }

  private List<SocketIoPacket> attachment(Bytes bytes) {
    if (incomplete == null) {
      throw new IllegalArgumentException("bytes that no packet announced");
    }
    SocketIoPacket packet = incomplete.packet().with(bytes);
    int missing = incomplete.missing() - 1;
    incomplete = missing > 0 ? new SocketIoPacket.Head(packet, missing) : null;
    return missing > 0 ? List.of() : List.of(checked(packet));
  }

  private SocketIoPacket checked(SocketIoPacket packet) {
    if (packet.kind() == Kind.ACK && !unacknowledged.remove(packet.id())) {
      throw new IllegalArgumentException("an acknowledgement that nothing waits for: " + packet);
    }
    return packet;
  }

  @Override
  protected boolean isPassing(SocketIoPacket packet) {
    return packet.kind() == Kind.PING;
  }

  /** Waits for the Engine.IO handshake, which the server begins. */
  void opened() throws InterruptedException {
    var unused = await("Engine.IO's open packet", p -> p.kind() == Kind.OPEN);
  }

  /** Asks for a namespace; returns CONNECT or CONNECT_ERROR. */
  SocketIoPacket join(String to, @Nullable JsonNode auth) throws InterruptedException {
    send(new SocketIoPacket(Kind.CONNECT, to, null, auth, List.of()).wire(CONNECT));
    SocketIoPacket answer =
        await(
                "CONNECT to " + to,
                p ->
                    p.namespace().equals(to)
                        && (p.kind() == Kind.CONNECT || p.kind() == Kind.CONNECT_ERROR))
            .message();
    namespace = answer.kind() == Kind.CONNECT ? to : namespace;
    return answer;
  }

  void leave(String from) throws InterruptedException {
    send(new SocketIoPacket(Kind.DISCONNECT, from, null, null, List.of()).wire(DISCONNECT));
  }

  /** Emits an event in the namespace that was joined last. */
  void emit(String event, JsonNode arguments, List<Bytes> bytes, boolean wantsAck)
      throws InterruptedException {
    ArrayNode data = JsonText.array().add(event);
    if (!arguments.isArray()) {
      throw new IllegalArgumentException("an event's arguments are a JSON array: " + arguments);
    }
    arguments.forEach(data::add);
    for (int i = 0; i < bytes.size(); i++) {
      data.addObject().put("_placeholder", true).put("num", i);
    }
    Integer id = null;
    if (wantsAck) {
      lastId++;
      id = lastId;
      unacknowledged.add(id);
    }
    SocketIoPacket packet = new SocketIoPacket(Kind.EVENT, namespace, id, data, bytes);
    emitted = send(packet.wire(EVENT));
    for (Bytes attachment : bytes) {
      send(attachment);
    }
  }

  /** The oldest event of this name that no step has taken. */
  SocketIoPacket event(String name, String expected) throws InterruptedException {
    String in = namespace;
    SocketIoPacket came = await(expected, p -> p.isEvent(in, name)).message();
    lastEvent = came;
    return came;
  }

  void noEvent(Duration time) throws InterruptedException {
    none("event", p -> p.kind() == Kind.EVENT, time);
  }

  /** The acknowledgement of what was emitted last. */
  SocketIoPacket acknowledgement(String expected) throws InterruptedException {
    return await(expected, ackOfLast()).message();
  }

  /** As above, in time from emitting. */
  void acknowledgement(Duration limit) throws InterruptedException {
    var unused = await("the acknowledgement", ackOfLast(), emitted, limit);
  }

  private Predicate<SocketIoPacket> ackOfLast() {
    if (lastId < 0) {
      throw new AssertionError("no event of ours wants an acknowledgement");
    }
    int id = lastId;
    return p -> p.kind() == Kind.ACK && p.id() != null && p.id() == id;
  }

  /** Acknowledges the event that was taken last. */
  void acknowledge(JsonNode arguments) throws InterruptedException {
    SocketIoPacket event = lastEvent;
    if (event == null || event.id() == null) {
      throw new AssertionError("no event was received that wants an acknowledgement");
    }
    send(
        new SocketIoPacket(Kind.ACK, event.namespace(), event.id(), arguments, List.of())
            .wire(ACK));
  }

  void disconnected(String from) throws InterruptedException {
    var unused =
        await(
            "DISCONNECT from " + from,
            p -> p.kind() == Kind.DISCONNECT && p.namespace().equals(from));
  }

  void heartbeat(Duration limit) throws InterruptedException {
    awaitNext("Engine.IO's ping", p -> p.kind() == Kind.PING, limit);
  }
}
