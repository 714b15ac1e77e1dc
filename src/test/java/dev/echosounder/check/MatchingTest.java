package dev.echosounder.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.ws.Bytes;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.json.JsonMapper;

/** What holds for all payloads, texts and values. */
final class MatchingTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Template.Filling NOTHING = Template.Filling.of(Map.of());

  private static Expectation words(String words) {
    return MessageWords.parse(words, NOTHING, Clock.systemUTC());
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.integers().map(i -> i),
            Arbitraries.strings().ofMaxLength(5).map(s -> s),
            Arbitraries.of(true, false).map(b -> b));
    Arbitrary<Object> value = Arbitraries.oneOf(leaf, leaf.list().ofMaxSize(3).map(l -> l));
    return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4), value)
        .ofMaxSize(5);
  }

  @Property(tries = 200)
  void bytesComeBackFromHexAndBase64(@ForAll byte[] bytes) {
    Bytes whole = Bytes.of(bytes);
    assertThat(Bytes.hex(whole.toHex())).isEqualTo(whole);
    assertThat(Bytes.base64(Base64.getEncoder().encodeToString(bytes))).isEqualTo(whole);
    assertThat(Bytes.base64(Base64.getMimeEncoder(8, new byte[] {'\n'}).encodeToString(bytes)))
        .isEqualTo(whole);
  }

  @Property(tries = 200)
  void whatIsNoCodeIsToldAndNotGuessed(@ForAll String text) {
    String bare = text.replaceAll("\\s", "");
    Assume.that(!bare.matches("[A-Za-z0-9+/]*={0,2}"));
    assertThatThrownBy(() -> Bytes.base64(text)).isInstanceOf(IllegalArgumentException.class);
    Assume.that(!text.matches("[0-9a-fA-F\\s:]*"));
    assertThatThrownBy(() -> Bytes.hex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void theOrderOfMembersIsFree(@ForAll("objects") Map<String, Object> object) {
    List<String> names = new ArrayList<>(object.keySet());
    Collections.reverse(names);
    Map<String, Object> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put(name, object.get(name)));
    Expectation same = MessageWords.same(MAPPER.writeValueAsString(object), NOTHING);
    assertThat(same.difference(Payload.text(MAPPER.writeValueAsString(reversed)))).isEmpty();
  }

  @Property(tries = 200)
  void aPartIsHeldAndNotTheSame(@ForAll("objects") Map<String, Object> object) {
    Map<String, Object> more = new LinkedHashMap<>(object);
    more.put("another", 1);
    String part = MAPPER.writeValueAsString(object);
    Payload whole = Payload.text(MAPPER.writeValueAsString(more));
    assertThat(MessageWords.holding(part, NOTHING).matches(whole)).isTrue();
    assertThat(MessageWords.same(part, NOTHING).difference(whole))
        .get()
        .asString()
        .startsWith("$.another: expected nothing, got 1");
    Expectation all = MessageWords.holding(MAPPER.writeValueAsString(more), NOTHING);
    assertThat(all.distance(Payload.text(part))).isEqualTo(1);
  }

  @Property(tries = 200)
  void toleranceIsInclusive(
      @ForAll @IntRange(min = -999, max = 999) int middle,
      @ForAll @IntRange(min = 0, max = 50) int off,
      @ForAll @IntRange(min = 0, max = 50) int most) {
    BigDecimal seen = BigDecimal.valueOf(middle).add(BigDecimal.valueOf(off, 2));
    Expectation near =
        words(
            "a message where \"$\" is within %s of %d"
                .formatted(BigDecimal.valueOf(most, 2), middle));
    assertThat(near.matches(Payload.text(seen.toString()))).isEqualTo(off <= most);
  }

  @Property(tries = 200)
  void anyTextCanBeWrittenInQuotes(@ForAll String text) {
    Assume.that(!text.contains("{{") && !text.contains("\\"));
    String quoted = '"' + text.replace("\"", "\\\"") + '"';
    assertThat(words(quoted).matches(Payload.text(text))).isTrue();
    assertThat(words("texts containing " + quoted).matches(Payload.text("<" + text + ">")))
        .isTrue();
    assertThat(quoted).matches(Pattern.compile(MessageWords.REGEX, Pattern.DOTALL));
  }

  @Property(tries = 200)
  void whatIsCapturedStaysItself(@ForAll String value) {
    Template.Filling known = Template.Filling.of(Map.of("x", value));
    String json = MAPPER.writeValueAsString(Map.of("a", value));
    assertThat(MessageWords.same("{\"a\": \"{{x}}\"}", known).matches(Payload.text(json))).isTrue();
    assertThat(MessageWords.matching("<{{x}}>", known).matches(Payload.text("<" + value + ">")))
        .isTrue();
    assertThat(known.fill("\\{{x}} {{ x }} {x}")).isEqualTo("{{x}} {{ x }} {x}");
  }

  /** The patterns that are told of as the worst, on the texts that make them so. */
  @Property(tries = 14)
  void noPatternHangs(@ForAll("unlucky") String regex, @ForAll @IntRange(max = 20_000) int length) {
    Expectation matching = MessageWords.matching(regex, NOTHING);
    long before = System.nanoTime();
    assertThat(matching.matches(Payload.text("a".repeat(length) + "!"))).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Provide
  Arbitrary<String> unlucky() {
    return Arbitraries.of(
        "(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*a){20}", "(?:a|b)*", "a*a*a*a*a*a*a*a*b");
  }
}
