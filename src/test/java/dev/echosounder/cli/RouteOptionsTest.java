package dev.echosounder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --proxy ftp://h:1                         | --proxy: expected a proxy that begins with http://, https:// or socks5://, got "ftp://h:1"
          --proxy http://h                          | --proxy: expected a proxy such as http://127.0.0.1:3128
          --proxy http://ann:hunter2@h:1            | --proxy: a proxy's URL must not hold user and password
          --proxy-user ann:hunter2                  | expected --proxy with --proxy-user, got --proxy-user alone
          --proxy http://h:1 --proxy-user hunter2   | --proxy-user: expected USER:PASSWORD
          --no-proxy localhost                      | expected --proxy with --no-proxy, got --no-proxy alone
          --proxy http://h:1 --no-proxy a,b:1       | --no-proxy: expected a host such as example.org, .example.org, 10.0.0.0/8 or *, got "b:1"
          --proxy http://h:1 --unix-socket s        | expected --proxy or --unix-socket, got both
          --resolve h:80                            | --resolve: expected HOST:PORT:ADDRESS, got "h:80"
          --resolve h:80:localhost                  | --resolve: expected an IP address, got "localhost"
          --resolve h:x:127.0.0.1                   | --resolve: expected HOST:PORT such as example.org:443, got "h:x"
          -4 --ipv6                                 | expected --ipv4 or --ipv6, got both
          --redirects 21                            | --redirects: expected 0 to 20 redirects, got 21
          """)
  void wrongUsageNamesWhatWasExpected(String options, String message) {
    Program.Result result = new Program().run(("probe ws://h/ " + options.strip()).split(" "));
    assertThat(result.err()).startsWith("error: " + message).doesNotContain("hunter2");
    assertThat(result.code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void anIpv6AddressStandsAfterThePort() {
    Program.Result result =
        new Program().run("probe", "ws://h.invalid:1/", "--resolve", "h.invalid:1:::1", "-4");
    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.out()).contains("h.invalid has no IPv4 address; it is 0:0:0:0:0:0:0:1");
  }

  @Test
  void aServerThatIsExceptedIsDialledItself() {
    String dead = "ws://127.0.0.1:1/ --proxy http://127.0.0.1:2 --no-proxy ";
    Program.Result direct = new Program().run(("probe " + dead + "h,127.0.0.0/8").split(" "));
    assertThat(direct.out()).contains("failed: refused at tcp");
    Program.Result proxied = new Program().run(("probe " + dead + "127.0.0.2").split(" "));
    assertThat(proxied.out()).contains("failed: proxy at tcp");
  }

  @Test
  void theProxysCredentialsCanComeFromTheEnvironment() {
    Program.Result result =
        new Program()
            .with("PROXY", "ann:hunter2")
            .run("probe", "ws://h/", "--proxy", "http://127.0.0.1:1", "--proxy-user", "env:PROXY");
    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.out())
        .contains("failed: proxy at tcp", "the proxy http://127.0.0.1:1: Connection refused")
        .doesNotContain("hunter2");
  }
}
