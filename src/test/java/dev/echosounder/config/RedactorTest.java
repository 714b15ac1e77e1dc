package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RedactorTest {
  private static Redactor of(String... secrets) {
    Redactor redactor = new Redactor();
    for (String secret : secrets) {
      redactor.add(secret);
    }
    return redactor;
  }

  @Test
  void hidesEverySpelling() {
    Redactor redactor = of("p\"a ss/w");
    assertThat(redactor.redact("raw p\"a ss/w json p\\\"a ss/w url p%22a+ss%2Fw p%22a%20ss%2Fw."))
        .isEqualTo("raw <redacted> json <redacted> url <redacted> <redacted>.");
  }

  @Test
  void hidesTheLongerOfTwo() {
    assertThat(of("secret", "secret-long").redact("secret-long secret"))
        .isEqualTo("<redacted> <redacted>");
  }

  @Test
  void hidesShortOnesAsWordsOnly() {
    assertThat(of("ab").redact("ab cab (ab) ab1 ab"))
        .isEqualTo("<redacted> cab (<redacted>) ab1 <redacted>");
  }

  @Test
  void hidesNothingWithoutSecrets() {
    assertThat(Redactor.none().redact("a$b")).isEqualTo("a$b");
    assertThat(of(" ").redact("a b")).isEqualTo("a b");
  }
}
