package dev.echosounder.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option of a target belongs to somebody: a new one fails here until it is written down whose
 * it is, and until {@link Target#elsewhere} and {@link Target#anew} act on it.
 */
final class WhoseOptionTest {
  /** Of whom an option tells, and to whom it may go. */
  private enum Whose {
    /** For one origin only. */
    ORIGINS,
    /** Of the probe: goes to any origin that the probe is led to. */
    PROBES,
    /** Of the network we are in: goes to any endpoint. */
    NETWORKS,
    /** Has parts of both, judged one by one. */
    MIXED
  }

  private static final Map<String, Whose> OF_TARGETS =
      Map.ofEntries(
          Map.entry("uri", Whose.ORIGINS),
          Map.entry("headers", Whose.MIXED),
          Map.entry("subprotocols", Whose.PROBES),
          Map.entry("deflate", Whose.PROBES),
          Map.entry("http", Whose.PROBES),
          Map.entry("limits", Whose.PROBES),
          Map.entry("timeouts", Whose.PROBES),
          Map.entry("tls", Whose.MIXED),
          Map.entry("guard", Whose.NETWORKS),
          Map.entry("route", Whose.MIXED),
          Map.entry("authorization", Whose.ORIGINS),
          Map.entry("idleLimit", Whose.ORIGINS));

  private static final Map<String, Whose> OF_TLS =
      Map.of(
          "ca", Whose.PROBES,
          "clientCertificate", Whose.ORIGINS,
          "clientKey", Whose.ORIGINS,
          "password", Whose.ORIGINS,
          "serverName", Whose.ORIGINS,
          "protocols", Whose.PROBES,
          "ciphers", Whose.PROBES,
          "verify", Whose.PROBES);

  private static final Map<String, Whose> OF_ROUTES =
      Map.of(
          "proxy", Whose.NETWORKS,
          "bypass", Whose.NETWORKS,
          "unixSocket", Whose.ORIGINS,
          "resolve", Whose.NETWORKS,
          "family", Whose.NETWORKS,
          "redirects", Whose.NETWORKS);

  private static final URI HERE = URI.create("wss://a.example/x");
  private static final URI THERE = URI.create("wss://b.example/y");

  /** Another than {@link Guard#OPEN}. */
  private static boolean portOne(InetSocketAddress address) {
    return address.getPort() == 1;
  }

  private static final Authorization TOKEN =
      new Authorization() {
        @Override
        public CompletableFuture<String> header(
            Supplier<CompletableFuture<SSLContext>> trust, Duration patience) {
          return CompletableFuture.completedFuture("Bearer t");
        }

        @Override
        public void refused(String header) {
          throw new AssertionError("nobody asks");
        }

        @Override
        public Collection<String> secrets() {
          return List.of();
        }
      };

  /** Nothing in it is as it is by default. */
  private static Target full(Route route) {
    return Target.of(HERE)
        .withBasic("ann", "s3cret")
        .withCookie("id", "1")
        .withHeader("X-Api-Key", "k")
        .withHeader("User-Agent", "Probe/1")
        .withHeader("Origin", "https://a.example")
        .withSubprotocols(List.of("chat"))
        .withDeflate(true)
        .withHttp(HttpVersion.HTTP_2)
        .withLimits(new Target.Limits(1, 1))
        .withTimeouts(
            new Target.Timeouts(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)))
        .withTls(
            new Tls(
                Path.of("ca"),
                Path.of("c"),
                Path.of("k"),
                "p",
                "name",
                List.of("TLSv1.3"),
                List.of("TLS_AES_128_GCM_SHA256"),
                false))
        .withGuard(WhoseOptionTest::portOne)
        .withRoute(route)
        .withAuthorization(TOKEN)
        .withIdleLimit(Duration.ofSeconds(1));
  }

  /** A proxy and a unix socket exclude each other: two routes have every option between them. */
  static List<Route> routes() {
    Route common =
        Route.DIRECT
            .withResolve("a.example:443", "127.0.0.1")
            .withFamily(Route.Family.IPV4)
            .withRedirects(3);
    return List.of(
        common
            .withProxy(Proxy.of("http://127.0.0.1:3128").withCredentials("ann", "s3cret"))
            .withBypass(new Bypass(List.of("localhost"))),
        common.withUnixSocket(Path.of("s")));
  }

  private static Object part(Record whole, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return String.valueOf(component.getAccessor().invoke(whole));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.getName(), e);
    }
  }

  private static void judge(
      Record full, Record plain, Record left, Map<String, Whose> whose, boolean probes) {
    RecordComponent[] components = full.getClass().getRecordComponents();
    assertThat(Arrays.stream(components).map(RecordComponent::getName))
        .as("whose is the new option? Decide in Target.elsewhere, and write it down here")
        .containsExactlyInAnyOrderElementsOf(whose.keySet());
    for (RecordComponent component : components) {
      boolean goes =
          whose.get(component.getName()) == Whose.NETWORKS
              || (probes && whose.get(component.getName()) == Whose.PROBES);
      if (whose.get(component.getName()) != Whose.MIXED) {
        assertThat(part(left, component))
            .as("%s.%s", full.getClass().getSimpleName(), component.getName())
            .isEqualTo(part(goes ? full : plain, component));
      }
    }
  }

  @Test
  void everyOptionIsTried() {
    Target one = full(routes().get(0));
    Target plain = Target.of(THERE);
    for (RecordComponent component : Target.class.getRecordComponents()) {
      assertThat(part(one, component)).as(component.getName()).isNotEqualTo(part(plain, component));
    }
    for (RecordComponent component : Tls.class.getRecordComponents()) {
      assertThat(part(one.tls(), component)).isNotEqualTo(part(Tls.DEFAULT, component));
    }
    for (RecordComponent component : Route.class.getRecordComponents()) {
      assertThat(routes().stream().map(r -> part(r, component)).distinct())
          .as(component.getName())
          .anyMatch(seen -> !seen.equals(part(Route.DIRECT, component)));
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void elsewhereGoesWhatIsTheProbes(Route route) {
    Target left = full(route).elsewhere(THERE);
    judge(full(route), Target.of(THERE), left, OF_TARGETS, true);
    judge(full(route).tls(), Tls.DEFAULT, left.tls(), OF_TLS, true);
    judge(route, Route.DIRECT, left.route(), OF_ROUTES, true);
    assertThat(left.headers()).extracting(Header::name).containsExactly("User-Agent", "Origin");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void anewGoesWhatIsTheNetworks(Route route) {
    Target left = full(route).anew(THERE);
    judge(full(route), Target.of(THERE), left, OF_TARGETS, false);
    judge(full(route).tls(), Tls.DEFAULT, left.tls(), OF_TLS, false);
    judge(route, Route.DIRECT, left.route(), OF_ROUTES, false);
    assertThat(left.headers()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void onTheSameOriginEverythingGoes(Route route) {
    Target left = full(route).at(THERE);
    for (RecordComponent component : Target.class.getRecordComponents()) {
      Record from = component.getName().equals("uri") ? Target.of(THERE) : full(route);
      assertThat(part(left, component)).isEqualTo(part(from, component));
    }
  }
}
