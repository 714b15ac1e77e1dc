package dev.echosounder.web;

import java.util.function.IntFunction;

/** Links from one page of rows to its neighbours. */
final class Pager {
  private Pager() {}

  /**
   * Nothing if there is only one page.
   *
   * @param link to a page, escaped for an attribute
   */
  static void write(Html html, int page, int pages, IntFunction<String> link) {
    if (pages == 1) {
      return;
    }
    html.raw("<nav class=pager aria-label=Pages>");
    if (page > 1) {
      html.raw("<a rel=prev href=\"").raw(link.apply(page - 1)).raw("\">← Previous</a>");
    }
    html.raw("<span>Page ").number(page).raw(" of ").number(pages).raw("</span>");
    if (page < pages) {
      html.raw("<a rel=next href=\"").raw(link.apply(page + 1)).raw("\">Next →</a>");
    }
    html.raw("</nav>");
  }
}
