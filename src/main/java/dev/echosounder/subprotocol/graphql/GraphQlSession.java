package dev.echosounder.subprotocol.graphql;

import dev.echosounder.scenario.SubprotocolSession;
import dev.echosounder.subprotocol.JsonText;
import dev.echosounder.subprotocol.graphql.GraphQlMessage.Complete;
import dev.echosounder.subprotocol.graphql.GraphQlMessage.Errors;
import dev.echosounder.subprotocol.graphql.GraphQlMessage.Next;
import dev.echosounder.ws.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client's side of graphql-transport-ws on one connection. Operations are numbered from 1. */
final class GraphQlSession extends SubprotocolSession<GraphQlMessage> {
  /** The ids of operations that the server has ended, by complete or error. */
  private final Set<Integer> over = new HashSet<>();

  private int operations;
  private long started;

  private GraphQlSession(String who) {
    super(who, "graphql-transport-ws");
  }

  static GraphQlSession of(String who) {
    return of(who, GraphQlSession.class, GraphQlSession::new);
  }

  @Override
  protected List<GraphQlMessage> decode(Message message) {
    if (!(message instanceof Message.Text text)) {
      throw new IllegalArgumentException("a binary message, where JSON is expected");
    }
    GraphQlMessage read = GraphQlMessage.read(text.text());
    if (read instanceof Next next) {
      mustRun(next.id(), read);
    } else if (read instanceof Errors errors) {
      over.add(mustRun(errors.id(), read));
    } else if (read instanceof Complete complete) {
      over.add(mustRun(complete.id(), read));
    }
    return List.of(read);
  }

  @Override
  protected Optional<String> answerAtOnce(String text) {
    return GraphQlMessage.isPing(text) ? Optional.of("{\"type\":\"pong\"}") : Optional.empty();
  }

  private int mustRun(String id, GraphQlMessage read) {
    if (!id.matches("\\d{1,9}")
        || Integer.parseInt(id) > operations
        || over.contains(Integer.parseInt(id))) {
      throw new IllegalArgumentException(read + ", which does not run");
    }
    return Integer.parseInt(id);
  }

  /** Whoever wants to know that an operation is complete asks {@link #complete}. */
  @Override
  protected boolean isPassing(GraphQlMessage message) {
    return message instanceof Complete
        || message instanceof GraphQlMessage.Ping
        || message instanceof GraphQlMessage.Pong;
  }

  void init(@Nullable JsonNode payload) throws InterruptedException {
    ObjectNode init = JsonText.object().put("type", "connection_init");
    if (payload != null) {
      init.set("payload", payload);
    }
    send(init.toString());
  }

  void acknowledged() throws InterruptedException {
    var unused = await("connection_ack", GraphQlMessage.Ack.class::isInstance);
  }

  void run(String document, @Nullable JsonNode variables) throws InterruptedException {
    operations++;
    ObjectNode subscribe = JsonText.object().put("type", "subscribe");
    subscribe.put("id", Integer.toString(operations));
    ObjectNode payload = subscribe.putObject("payload").put("query", document);
    if (variables != null) {
      payload.set("variables", variables);
    }
    started = send(subscribe.toString());
  }

  /** The operation that was started last. */
  int newest() {
    if (operations == 0) {
      throw new AssertionError("no operation runs: say I run the GraphQL operation … first");
    }
    return operations;
  }

  /** The oldest result of the operation that no step has taken, or its failure. */
  GraphQlMessage result(int operation, String expected) throws InterruptedException {
    return await(expected, m -> isResult(m, operation)).message();
  }

  /** As above, of the newest operation, measured from its start. */
  GraphQlMessage result(Duration limit, String expected) throws InterruptedException {
    int operation = newest();
    return await(expected, m -> isResult(m, operation), started, limit).message();
  }

  private static boolean isResult(GraphQlMessage message, int operation) {
    String id = Integer.toString(operation);
    return (message instanceof Next next && next.id().equals(id))
        || (message instanceof Errors errors && errors.id().equals(id));
  }

  void noResult(Duration time) throws InterruptedException {
    none("GraphQL result", m -> m instanceof Next || m instanceof Errors, time);
  }

  /** Waits until the server has ended it. */
  void complete(int operation) throws InterruptedException {
    if (!over.contains(operation)) {
      var unused =
          await(
              "complete of operation " + operation,
              m -> m instanceof Complete c && c.id().equals(Integer.toString(operation)));
    }
  }

  /** Ends it from our side; results that are under way may still come. */
  void cancel(int operation) throws InterruptedException {
    ObjectNode complete = JsonText.object().put("type", "complete");
    send(complete.put("id", Integer.toString(operation)).toString());
  }

  void ping(Duration limit) throws InterruptedException {
    long sent = send("{\"type\":\"ping\"}");
    var unused = await("pong", GraphQlMessage.Pong.class::isInstance, sent, limit);
  }
}
