package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.daemon.Kinds;
import dev.echosounder.ws.Bypass;
import dev.echosounder.ws.Proxy;
import dev.echosounder.ws.Route;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way a target takes if the defaults have one. */
final class WaysTest {
  private static final Route DEFAULTS =
      Route.DIRECT
          .withProxy(Proxy.of("https://proxy.example.org:3129"))
          .withBypass(new Bypass(List.of("localhost", "10.0.0.0/8")));

  @TempDir private Path directory;

  private Route route(String own) {
    String text =
        """
        defaults:
          proxy:
            url: https://proxy.example.org:3129
            no_proxy: [localhost, 10.0.0.0/8]
        targets:
          - name: a
            url: ws://h/
            checks: [{kind: handshake}]
        """
            + own;
    Loaded loaded = ConfigFile.parse(text, Examples.context(directory), Kinds.ALL);
    assertThat(loaded).isInstanceOf(Loaded.Good.class);
    return ((Loaded.Good) loaded).config().targets().get(0).endpoint().route();
  }

  @ParameterizedTest
  @CsvSource(value = {"''", "direct: false", "redirects: 0"})
  void theDefaults(String own) {
    assertThat(route("    " + own + "\n")).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"direct: true"})
  void itself(String own) {
    assertThat(route("    " + own + "\n")).isEqualTo(Route.DIRECT);
  }

  @ParameterizedTest
  @CsvSource({"'proxy: {url: http://p:1}'"})
  void aProxyOfItsOwnForEveryServer(String own) {
    assertThat(route("    " + own + "\n"))
        .isEqualTo(Route.DIRECT.withProxy(Proxy.of("http://p:1")));
  }

  @ParameterizedTest
  @CsvSource({"unix_socket: s"})
  void aUnixSocketInsteadOfTheProxy(String own) {
    assertThat(route("    " + own + "\n"))
        .isEqualTo(Route.DIRECT.withUnixSocket(directory.resolve("s")));
  }
}
