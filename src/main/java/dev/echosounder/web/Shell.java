package dev.echosounder.web;

import java.util.function.Consumer;

/** What every page has around its content. */
final class Shell {
  private Shell() {}

  /**
   * @param root from the page to the server's root: the pages work below any prefix of a proxy
   * @param refresh seconds until the page is loaded again, 0 for never
   */
  static String page(
      String title, String root, int refresh, Sources sources, Consumer<Html> content) {
    Sources.Build build = sources.build();
    Html html = new Html(sources::redact);
    html.raw("<!doctype html><html lang=en><head><meta charset=utf-8><title>").text(title, 120);
    html.raw(" · Echosounder</title>");
    html.raw("<meta name=viewport content=\"width=device-width, initial-scale=1\">");
    html.raw("<meta name=color-scheme content=\"light dark\">");
    if (refresh > 0) {
      html.raw("<meta http-equiv=refresh content=").number(refresh).raw(">");
    }
    html.raw("<link rel=stylesheet href=\"").raw(root).raw("style.css?").raw(Pages.VERSION);
    html.raw("\"><link rel=icon type=\"image/svg+xml\" href=\"").raw(root).raw("icon.svg\">");
    html.raw("</head><body><header class=top><a class=brand href=\"").raw(home(root));
    html.raw("\"><img src=\"").raw(root).raw("icon.svg\" alt=\"\" width=22 height=22>");
    html.raw("Echosounder</a><nav><a href=\"").raw(home(root)).raw("\">Status</a><a href=\"");
    html.raw(root).raw("metrics\">Metrics</a><a href=\"").raw(root);
    html.raw("config\">Config</a></nav></header><main>");
    content.accept(html);
    html.raw("</main><footer><p>Echosounder ").text(build.version());
    if (!build.revision().isEmpty()) {
      html.raw(" <code>").text(build.revision(), 12).raw("</code>");
    }
    return html.raw("</p></footer></body></html>\n").toString();
  }

  private static String home(String root) {
    return root.isEmpty() ? "./" : root;
  }
}
