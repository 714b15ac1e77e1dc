package dev.echosounder.peer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The HTTP/1.1 phase of a connection, until an upgrade hands it to a {@link Session}. */
final class Http implements Link.Receiver {
  private static final int HEAD_LIMIT = 64 * 1024;
  private static final int END_OF_HEAD = 0x0D0A0D0A;

  private final Link link;
  private final Tally tally;
  private final Rooms rooms;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private int lastFour;

  Http(Link link, Tally tally, Rooms rooms) {
    this.link = link;
    this.tally = tally;
    this.rooms = rooms;
  }

  @Override
  public void received(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      head.write(next);
      lastFour = (lastFour << 8) | (next & 0xFF);
      if (lastFour == END_OF_HEAD) {
        String text = head.toString(StandardCharsets.UTF_8);
        head.reset();
        lastFour = 0;
        request(text);
        return;
      }
      if (head.size() > HEAD_LIMIT) {
        refuse(Response.text(431, "The request head exceeds " + HEAD_LIMIT + " bytes.\n"), null);
        return;
      }
    }
  }

  private void request(String text) {
    Head parsed = Head.parse(text).orElse(null);
    if (parsed == null) {
      refuse(Response.text(400, "This is no HTTP/1.1 request.\n"), null);
      return;
    }
    Call call = new Call(parsed, rooms);
    Reaction reaction = Catalogue.react(call);
    if (reaction instanceof Reaction.Respond respond) {
      refuse(respond.response(), parsed);
    } else if (reaction instanceof Reaction.Misbehave misbehave) {
      link.keepOpen();
      misbehave.action().accept(link);
    } else if (reaction instanceof Reaction.Upgrade upgrade) {
      upgrade(call, upgrade);
    }
  }

  private void upgrade(Call call, Reaction.Upgrade upgrade) {
    Response invalid = Handshake.objection(call.head());
    if (invalid != null) {
      refuse(invalid, call.head());
      return;
    }
    Handshake handshake = Handshake.of(call, upgrade.flaw());
    link.send(handshake.bytes());
    new Session(link, upgrade.script(), tally, handshake.deflation()).open();
  }

  private void refuse(Response response, @Nullable Head request) {
    boolean keepAlive = request != null && request.keepsAlive();
    if (request != null && request.upgrade()) {
      tally.refused();
    }
    link.send(response.bytes(keepAlive, request != null && request.method().equals("HEAD")));
    if (!keepAlive) {
      link.fin();
    }
  }

  @Override
  public void ended(boolean reset) {
    head.reset();
  }

  @Override
  public void goingAway() {
    link.fin();
  }
}
