package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllowTest {
  private static Config.Allow allow(List<String> hosts, String... cidrs) {
    return new Config.Allow(
        List.of("wss"), hosts, Stream.of(cidrs).map(Cidr::parse).filter(c -> c != null).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.128/25, 10.0.0.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe80::1, false",
  })
  void rangesContainTheirAddresses(String range, String address, boolean contained)
      throws UnknownHostException {
    assertThat(allow(List.of(), range).address(InetAddress.getByName(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({
    "wss://a.example.org/, true",
    "wss://b.a.example.org/, true",
    "wss://example.org/, false",
    "wss://evilexample.org/, false",
    "wss://Echo.Internal/, true",
    "ws://echo.internal/, false",
  })
  void hostsMatchExactlyOrBelow(URI uri, boolean allowed) {
    assertThat(allow(List.of("*.example.org", "echo.internal")).url(uri)).isEqualTo(allowed);
  }

  @Test
  void withoutHostsAndRangesNothingIsAllowed() throws UnknownHostException {
    assertThat(allow(List.of()).url(URI.create("wss://a/"))).isFalse();
    assertThat(allow(List.of()).address(InetAddress.getLoopbackAddress())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "10.1.2.3, false",
    "100.64.0.1, false",
    "169.254.169.254, false",
    "192.168.0.1, false",
    "::1, false",
    "::ffff:127.0.0.1, false",
    "::127.0.0.1, false",
    "64:ff9b::7f00:1, false",
    "2002:7f00:1::1, false",
    "fd00::1, false",
    "fe80::1, false",
    "9.9.9.9, true",
    "2620:fe::fe, true",
    "192.168.7.7, true",
  })
  void hostsAloneReachPublicAddressesAndThoseTheyName(String address, boolean allowed)
      throws UnknownHostException {
    assertThat(
            allow(List.of("*.example.org", "192.168.7.7")).address(InetAddress.getByName(address)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"10.1", "10.0.0.256", "1.2.3.4/33", "::1/129", "::::", "abc", "1.2.3.4/"})
  void rangesThatAreNone(String text) {
    assertThat(Cidr.parse(text)).isNull();
  }
}
