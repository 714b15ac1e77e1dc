package dev.echosounder.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real browser makes of the pages; the pictures stay in {@code target/screens}. */
final class ScreenTest {
  private static final Path PICTURES = Path.of("target", "screens");

  @TempDir Path profile;

  private String run(List<String> more) throws IOException, InterruptedException {
    Path out = profile.resolve("out.txt");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Browser.chromium().toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--hide-scrollbars",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile.resolve("data")),
                more.stream())
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("Chromium ends").isTrue();
      assertThat(process.exitValue()).isZero();
      return Files.readString(out);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Stub morning() {
    Stub stub = new Stub();
    stub.status = Samples.morning(stub.history);
    return stub;
  }

  private static long failedRun(Stub stub) {
    return Objects.requireNonNull(stub.history.kept("payments", "echo").lastFailure()).id();
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
    Stub stub = morning();
    try (Web web = Web.start(Stub.settings(), stub)) {
      Files.createDirectories(PICTURES);
      Path picture =
          PICTURES.resolve("%s-%d-%s.png".formatted(page, width, scheme)).toAbsolutePath();
      Files.deleteIfExists(picture);
      String path =
          switch (page) {
            case "target" -> "?target=payments";
            case "run" -> "run/" + failedRun(stub);
            default -> "";
          };
      run(
          List.of(
              "--force-device-scale-factor=1",
              "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
              "--window-size=" + width + "," + height,
              "--screenshot=" + picture,
              "http://127.0.0.1:" + web.port() + "/" + path));
      var image = ImageIO.read(picture.toFile());
      assertThat(image.getWidth()).isEqualTo(width);
      // The style sheet's page colours: without it the page would be white.
      assertThat(image.getRGB(1, height - 1) & 0xFFFFFF)
          .isEqualTo(scheme.equals("dark") ? 0x0D1317 : 0xF6F8F9);
    }
  }
}
