package dev.echosounder.daemon;

import dev.echosounder.config.Config;
import dev.echosounder.config.WebConfigFile;
import dev.echosounder.metrics.Otlp;
import dev.echosounder.web.History;
import dev.echosounder.web.Web;
import dev.echosounder.web.WebSecurity;
import dev.echosounder.ws.Header;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the configuration says, in the words of the parts that it is about. */
final class FromConfig {
  private FromConfig() {}

  static @Nullable Otlp otlp(Config.@Nullable Otlp otlp) {
    return otlp == null
        ? null
        : new Otlp(
            otlp.endpoint(),
            otlp.interval(),
            otlp.timeout(),
            otlp.headers().stream()
                .collect(Collectors.toMap(Header::name, Header::value, (a, b) -> b)),
            Map.of("service.name", "echosounder"));
  }

  static History.Limits limits(Config.History history) {
    return new History.Limits(
        history.results(),
        history.failures(),
        History.Limits.DEFAULT.timelines(),
        history.failures(),
        history.bytes());
  }

  static Web.Limits limits(Config.Web web) {
    Web.Limits usual = Web.Limits.DEFAULT;
    return new Web.Limits(
        usual.headerBytes(),
        usual.bodyBytes(),
        web.maxConnections(),
        usual.requests(),
        web.probe().maxConcurrent(),
        web.probe().maxTimeout(),
        usual.requestTime(),
        web.probe().maxTimeout().plus(usual.requestTime()),
        usual.idle());
  }

  static WebConfigFile.Result security(Config.Web web) {
    Path file = web.configFile();
    return file == null
        ? new WebConfigFile.Result(WebSecurity.NONE, List.of())
        : WebConfigFile.read(file);
  }

  static Config listeningOn(Config config, Config.HostPort listen) {
    Config.Web web = config.web();
    return new Config(
        config.targets(),
        config.discovery(),
        config.modules(),
        new Config.Web(listen, web.configFile(), web.maxConnections(), web.probe()),
        config.connectsPerSecond(),
        config.otlp(),
        config.history(),
        config.logging(),
        config.redactor(),
        config.redactedYaml());
  }

  /** Whose changes call for a reload. Targets' own TLS files are looked at by each run. */
  static List<Path> files(Path file, Config config) {
    List<Path> files = new ArrayList<>(List.of(file));
    Path web = config.web().configFile();
    if (web != null) {
      files.add(web);
      WebSecurity.ServerTls tls = WebConfigFile.read(web).security().tls();
      if (tls != null) {
        files.add(tls.certificate());
        files.add(tls.key());
        if (tls.clientCa() != null) {
          files.add(tls.clientCa());
        }
      }
    }
    return files;
  }

  /** Names what has changed and only a restart can take over. */
  static List<String> afterRestart(Config before, Config next) {
    List<String> parts = new ArrayList<>();
    Config.Web web = before.web();
    if (web.maxConnections() != next.web().maxConnections()
        || web.probe().maxConcurrent() != next.web().probe().maxConcurrent()
        || !web.probe().maxTimeout().equals(next.web().probe().maxTimeout())) {
      parts.add("a change of the limits in web");
    }
    if (before.otlp() == null ? next.otlp() != null : !before.otlp().equals(next.otlp())) {
      parts.add("a change of otlp");
    }
    if (!before.history().equals(next.history())) {
      parts.add("a change of history");
    }
    return parts;
  }
}
