package dev.echosounder.web;

import dev.echosounder.ws.CloseCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The newest drops of a held connection, the newest first. */
final class DropTable {
  private DropTable() {}

  static void write(Html html, Status.Held held, Ages ages, String root) {
    if (held.newest().isEmpty()) {
      return;
    }
    List<Status.Drop> drops = new ArrayList<>(held.newest());
    Collections.reverse(drops);
    html.raw("<section class=drops><h4>Drops");
    if (drops.size() < held.count()) {
      html.raw(" <small>the newest ").number(drops.size()).raw(" of ");
      html.number(held.count()).raw("</small>");
    }
    html.raw("</h4><div class=wide tabindex=0 role=region aria-label=Drops><table><thead><tr>");
    html.raw("<th>Time, UTC<th>Cause<th>Close code<th class=n>Age<th class=n>Silent for");
    html.raw("<th class=n>Back after</thead><tbody>");
    drops.forEach(drop -> row(html, drop, ages, root));
    html.raw("</tbody></table></div></section>");
  }

  private static void row(Html html, Status.Drop drop, Ages ages, String root) {
    html.raw("<tr><td data-is=Time><a href=\"").raw(root).raw("run/").number(drop.run());
    html.raw("\">").raw(ages.at(drop.at())).raw("</a><td data-is=Cause><code>");
    html.text(drop.cause()).raw("</code><td data-is=\"Close code\">");
    html.text(CloseCode.describe(drop.code())).raw("<td class=n data-is=Age>");
    html.raw(Ages.precise(drop.age())).raw("<td class=n data-is=\"Silent for\">");
    html.raw(Ages.precise(drop.silence())).raw("<td class=n data-is=\"Back after\">");
    html.raw(drop.recovery() == null ? "not yet" : Ages.precise(drop.recovery()));
  }
}
