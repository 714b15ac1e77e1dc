package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real browser makes of the pages; the pictures stay in {@code target/screens}. */
@Tag("surroundings")
final class ScreenTest {
  private static final Path PICTURES = Path.of("target", "screens");

  @TempDir private static Path profile;
  private static final Stub STUB = morning();
  private static Browser browser;
  private static Web web;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(profile);
    web = Web.start(Stub.settings(), STUB);
  }

  @AfterAll
  static void stop() {
    if (web != null) {
      web.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  private static Stub morning() {
    Stub stub = new Stub();
    stub.status = Samples.morning(stub.history);
    return stub;
  }

  private static long failedRun() {
    return Objects.requireNonNull(STUB.history.kept("payments", "echo").lastFailure()).id();
  }

  @ParameterizedTest
  @CsvSource({
    "status, 1440, 1150, light",
    "status, 1440, 1150, dark",
    "status, 375, 2200, light",
    "status, 375, 2200, dark",
    "target, 1440, 1400, light",
    "target, 375, 1700, dark",
    "run, 1440, 900, dark",
    "run, 375, 1000, light"
  })
  void pageIsDrawn(String page, int width, int height, String scheme)
      throws IOException, InterruptedException {
    String path =
        switch (page) {
          case "target" -> "?target=payments";
          case "run" -> "run/" + failedRun();
          default -> "";
        };
    boolean dark = scheme.equals("dark");
    browser.open("http://127.0.0.1:" + web.port() + "/" + path, width, height, dark);
    byte[] picture = browser.picture();
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve("%s-%d-%s.png".formatted(page, width, scheme)), picture);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    assertThat(image.getWidth()).isEqualTo(width);
    // The style sheet's page colours: without it the page would be white.
    assertThat(image.getRGB(1, height - 1) & 0xFFFFFF).isEqualTo(dark ? 0x0D1317 : 0xF6F8F9);
  }
}
