package dev.echosounder.peer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one place where behaviours are defined: path, documentation, parameters, what it does. */
final class Catalogue {
  private static final Parameter<Integer> CODE = Parameters.closeCode("code", "");
  private static final Parameter<Integer> FIRST_CODE = Parameters.closeCode("code", "1000");
  private static final Parameter<Integer> SECOND_CODE = Parameters.closeCode("then", "1001");
  private static final Parameter<Integer> LATE_CODE = Parameters.closeCode("code", "1009");
  private static final Parameter<Duration> WAIT =
      Parameter.duration("wait", "10s", "between close frame and FIN");
  private static final Parameter<Integer> MAYBE_AFTER =
      Parameter.number(
          "after", 0, 1_000_000, "", "messages to echo before the close frame; else waits for one");
  private static final Parameter<Integer> STATUS =
      Parameter.number("status", 200, 599, "", "the status code");
  private static final Parameter<Integer> REDIRECT_STATUS =
      Parameter.number("status", 300, 399, "302", "the status code");
  private static final Parameter<String> TO =
      new Parameter<>(
          "to",
          "a URI without line breaks",
          "/echo",
          "the Location",
          text -> Optional.of(text).filter(t -> t.matches("\\S+")));
  private static final Parameter<String> HEADER =
      new Parameter<>(
          "header",
          "Name:value without line breaks",
          "",
          "a response header; may be repeated",
          text -> Optional.of(text).filter(t -> t.matches("[\\w!#$%&'*+.^`|~-]+:[^\r\n]*")));
  private static final Parameter<String> BODY = Parameter.text("body", "", "the response body");
  private static final Parameter<String> TEXT = Parameter.text("text", "hello", "the greeting");
  private static final Parameter<Integer> GREETINGS =
      Parameter.number("count", 1, 1_000_000, "1", "how many greetings");
  private static final Parameter<Duration> EVERY =
      Parameter.duration("every", "0ms", "between two greetings");
  private static final Parameter<Integer> COUNT =
      Parameter.number("count", 1, 100_000_000, "1000", "how many messages");
  private static final Parameter<Integer> SIZE =
      Parameter.number("size", 1, 1 << 24, "100", "bytes of each, unless its number is longer");
  private static final Parameter<Boolean> PONG = Parameter.onOff("pong", true, "answers pings");
  private static final Parameter<InvalidFrame> KIND =
      Parameter.choice("kind", InvalidFrame.class, "", "what is wrong");
  private static final Parameter<String> USER = Parameter.text("user", "user", "the user");
  private static final Parameter<String> PASSWORD =
      Parameter.text("password", "password", "the password");
  private static final Parameter<String> TOKEN = Parameter.text("token", "token", "the token");
  private static final Parameter<String> ROOM = Parameter.text("room", "", "any name");

  /** After the parameters, which it names. */
  private static final List<Entry> ENTRIES =
      Stream.of(wellBehaved(), closing(), Cutting.entries(), refusing(), invalid())
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  private static List<Entry> wellBehaved() {
    return List.of(
        Entry.responding(
            "/",
            "/",
            "plain HTTP: lists the paths",
            List.of(),
            call -> Response.text(200, listing())),
        Entry.echoing(
            "/echo",
            "/echo?prefix=echo:%20",
            "echoes text as text, binary as binary",
            List.of(),
            Echo::new),
        Entry.echoing(
            "/greet",
            "/greet?text=hi&count=3&every=100ms",
            "sends first, the first greeting glued to the 101; echoes as well",
            List.of(TEXT, GREETINGS, EVERY),
            call ->
                new Echo(call)
                    .opening(
                        session ->
                            Openings.greet(
                                session,
                                Message.text(call.get(TEXT)),
                                call.get(GREETINGS),
                                call.get(EVERY)))),
        FrameEcho.entry(),
        Bomb.entry(),
        Entry.upgrading(
            "/silent",
            "/silent?pong=off",
            "reads, but never answers a message",
            List.of(PONG),
            call -> new Silent(call.get(PONG))),
        Entry.echoing(
            "/request",
            "/request",
            "sends the upgrade request's lines as it received them, then echoes",
            List.of(),
            call ->
                new Echo(call)
                    .opening(
                        session ->
                            session.send(Message.text(String.join("\n", call.head().lines()))))),
        Entry.upgrading(
            "/broadcast/{room}",
            "/broadcast/lobby",
            "sends every message to all in the room, sender included",
            List.of(ROOM),
            call -> call.rooms().member(call.get(ROOM))),
        Entry.echoing(
            "/flood",
            "/flood?count=1000&size=100",
            "sends numbered text messages as fast as it can; echoes as well",
            List.of(COUNT, SIZE),
            call ->
                new Echo(call)
                    .opening(
                        session -> Openings.flood(session, 1, call.get(COUNT), call.get(SIZE)))));
  }

  private static List<Entry> closing() {
    return List.of(
        Entry.ending(
            "/close/{code}",
            "/close/4001?reason=bye&after=1",
            "sends a close frame with that code",
            List.of(CODE, Parameters.REASON),
            (call, session) ->
                session.close(call.get(CODE), call.find(Parameters.REASON).orElse(""))),
        Entry.echoing(
            "/close-open",
            "/close-open?after=1",
            "completes the close handshake but leaves TCP open",
            List.of(MAYBE_AFTER),
            call -> {
              Echo echo = new Echo(call).opening(session -> session.link().hold());
              call.find(MAYBE_AFTER)
                  .ifPresent(n -> echo.after(n, session -> session.sendClose(1000, "")));
              return echo.closing(Session::answerCloseOnly);
            }),
        Entry.echoing(
            "/no-close-answer",
            "/no-close-answer",
            "never answers a close frame, leaves TCP open",
            List.of(),
            call -> new Echo(call).closing((session, payload) -> session.link().hold())),
        Entry.ending(
            "/two-closes",
            "/two-closes?code=1000&then=1001",
            "sends two close frames in a row",
            List.of(FIRST_CODE, SECOND_CODE),
            (call, session) -> {
              session.close(call.get(FIRST_CODE), "");
              session.send(Frame.close(call.get(SECOND_CODE), ""));
            }),
        Entry.echoing(
            "/late-fin",
            "/late-fin?code=1009&after=1&wait=1s",
            "sends a close frame, and a FIN only after the wait",
            List.of(LATE_CODE, Parameters.AFTER, WAIT),
            call ->
                new Echo(call)
                    .closing(
                        (session, payload) -> {
                          session.answerCloseOnly(payload);
                          finLate(call, session);
                        })
                    .after(
                        call.get(Parameters.AFTER),
                        session -> {
                          session.sendClose(call.get(LATE_CODE), "");
                          finLate(call, session);
                        })));
  }

  private static List<Entry> refusing() {
    return List.of(
        Entry.responding(
            "/refuse/{status}",
            "/refuse/503?header=Retry-After:5&body=busy",
            "answers the upgrade with that HTTP status",
            List.of(STATUS, HEADER, BODY),
            Catalogue::refusal),
        Entry.responding(
            "/redirect",
            "/redirect?to=/echo&status=302",
            "answers the upgrade with a redirect",
            List.of(TO, REDIRECT_STATUS),
            call ->
                Response.text(call.get(REDIRECT_STATUS), "See " + call.get(TO) + "\n")
                    .with("Location: " + call.get(TO))),
        Entry.responding(
            "/ok",
            "/ok",
            "answers the upgrade with 200 and a page",
            List.of(),
            call ->
                new Response(
                    200,
                    List.of("Content-Type: text/html; charset=utf-8"),
                    "<!doctype html><title>ok</title><p>No WebSocket here.\n")),
        Entry.flawed(
            "/bad-accept", "101 with a wrong Sec-WebSocket-Accept", Reaction.Flaw.WRONG_ACCEPT),
        Entry.flawed("/no-upgrade-header", "101 without Upgrade", Reaction.Flaw.NO_UPGRADE_HEADER),
        new Entry(
            "/no-answer",
            "/no-answer",
            "never answers the upgrade",
            List.of(),
            call -> new Reaction.Misbehave(Link::discard)),
        new Entry(
            "/hang-up",
            "/hang-up?how=reset",
            "FIN or RST instead of a response",
            List.of(Parameters.HOW),
            call ->
                new Reaction.Misbehave(
                    link -> call.get(Parameters.HOW).act(link::fin, link::reset))),
        new Entry(
            "/garbage",
            "/garbage",
            "answers with bytes that are not HTTP, then FIN",
            List.of(),
            call ->
                new Reaction.Misbehave(
                    link -> {
                      link.send("\0\1\2 not HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                      link.fin();
                    })),
        Entry.guarded(
            "/auth/basic",
            "/auth/basic?user=u&password=p",
            List.of(USER, PASSWORD),
            "Basic",
            call -> Entry.basic(call.get(USER), call.get(PASSWORD))),
        Entry.guarded(
            "/auth/bearer",
            "/auth/bearer?token=t",
            List.of(TOKEN),
            "Bearer",
            call -> call.get(TOKEN)));
  }

  private static List<Entry> invalid() {
    return List.of(
        Entry.ending(
            "/invalid/{kind}",
            "/invalid/reserved-bits?after=1",
            "sends a frame that RFC 6455 forbids, and nothing afterwards",
            List.of(KIND),
            (call, session) -> {
              byte[] bytes = call.get(KIND).bytes();
              session.lastWords(bytes, bytes.length);
            }));
  }

  static List<Behaviour> behaviours() {
    return ENTRIES.stream().map(Entry::documentation).toList();
  }

  /** Never throws: a wrong URL is answered with what is wrong with it. */
  static Reaction react(Call call) {
    Head head = call.head();
    if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
      return new Reaction.Respond(
          Response.text(405, "Only GET is answered.\n").with("Allow: GET, HEAD"));
    }
    for (Entry entry : ENTRIES) {
      Optional<Map<String, String>> path = entry.match(head.path());
      if (path.isPresent()) {
        return call.read(path.get(), entry.parameters())
            .<Reaction>map(problem -> new Reaction.Respond(Response.text(400, problem + "\n")))
            .orElseGet(() -> entry.reaction().apply(call));
      }
    }
    return new Reaction.Respond(
        Response.text(404, "Nothing at " + head.path() + ". There is:\n" + listing()));
  }

  private static String listing() {
    return ENTRIES.stream()
        .map(entry -> entry.path() + "  " + entry.description() + "\n")
        .collect(Collectors.joining());
  }

  private static Response refusal(Call call) {
    Response response = Response.text(call.get(STATUS), call.find(BODY).orElse(""));
    for (String header : call.all(HEADER)) {
      int colon = header.indexOf(':');
      response =
          response.with(header.substring(0, colon) + ": " + header.substring(colon + 1).strip());
    }
    return response;
  }

  private static void finLate(Call call, Session session) {
    session.link().hold();
    session.link().later(call.get(WAIT), session.link()::fin);
  }
}
