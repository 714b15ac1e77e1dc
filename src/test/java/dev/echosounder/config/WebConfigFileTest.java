package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.web.WebSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebConfigFileTest {
  private static final String HASH = "$2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze";

  @TempDir Path directory;

  private WebConfigFile.Result read(String yaml) throws IOException {
    Path file = directory.resolve("web.yml");
    Files.writeString(directory.resolve("server.crt"), "");
    Files.writeString(directory.resolve("server.key"), "");
    Files.writeString(directory.resolve("ca.crt"), "");
    Files.writeString(file, yaml);
    return WebConfigFile.read(file);
  }

  @Test
  void everythingIsRead() throws IOException {
    WebConfigFile.Result result =
        read(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              min_version: TLS13
              cipher_suites: [TLS_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers:
                Strict-Transport-Security: max-age=31536000
            basic_auth_users:
              alice: %s
            """
                .formatted(HASH));
    assertThat(result.problems()).isEmpty();
    assertThat(result.security())
        .isEqualTo(
            new WebSecurity(
                new WebSecurity.ServerTls(
                    directory.resolve("server.crt"),
                    directory.resolve("server.key"),
                    WebSecurity.ClientAuth.REQUIRE_AND_VERIFY,
                    directory.resolve("ca.crt"),
                    List.of("TLSv1.3"),
                    List.of("TLS_AES_128_GCM_SHA256"),
                    false),
                Map.of("Strict-Transport-Security", "max-age=31536000"),
                Map.of("alice", HASH)));
    assertThat(result.security().toString()).doesNotContain(HASH).contains("alice");
  }

  @Test
  void defaultsAreThoseOfTheFormat() throws IOException {
    var tls =
        read("tls_server_config: {cert_file: server.crt, key_file: server.key}").security().tls();
    assertThat(tls).isNotNull();
    assertThat(tls.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    assertThat(tls.clientAuth()).isEqualTo(WebSecurity.ClientAuth.NONE);
    assertThat(tls.ownOrder()).isTrue();
  }

  @Test
  void emptyFileProtectsNothing() throws IOException {
    assertThat(read("")).isEqualTo(new WebConfigFile.Result(WebSecurity.NONE, List.of()));
    assertThat(read("basic_auth_users:\n").problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls: {}|1:1: unknown key \"tls\"",
        "- a|1:1: the file is not a mapping",
        "basic_auth_users: {bob: secret}|1:25: not a bcrypt hash",
        "basic_auth_users: {'a:b': x}|1:27: a user's name",
        "basic_auth_users: {bob: [x]}|1:25: expected a single value",
        "tls_server_config: {cert_file: server.crt}|1:20: cert_file and key_file are both needed",
        "tls_server_config: {cert_file: no.crt, key_file: server.key}|1:32: cert_file",
        "tls_server_config: {min_version: SSL3}|1:34: min_version is \"SSL3\"; expected one of",
        "tls_server_config: {min_version: TLS13, max_version: TLS12}|min_version is above",
        "tls_server_config: {client_auth_type: RequireAndVerifyClientCert}|client_ca_file is missing",
        "tls_server_config: {client_ca_file: ca.crt}|client_ca_file needs a client_auth_type",
        "tls_server_config: {client_auth_type: Sometimes}|1:39: client_auth_type is",
        "tls_server_config: {cipher_suites: x}|1:36: expected a list",
        "http_server_config: {http2: maybe}|1:29: http2 is \"maybe\"",
        "http_server_config: {headers: {Server: x}}|1:32: unknown key \"Server\"",
        "http_server_config: {headers: {X-Frame-Options: \"a\\nb\"}}|no header may have",
        "basic_auth_users: {a: b, a: c}|1:26: key \"a\" is there twice",
        "tls_server_config: {|not YAML",
      })
  void problemHasAPlace(String yaml, String expected) throws IOException {
    WebConfigFile.Result result = read(yaml);
    assertThat(result.problems()).anyMatch(p -> p.contains("web.yml:") && p.contains(expected));
    assertThat(result.security()).isEqualTo(WebSecurity.NONE);
  }

  @Test
  void passwordGivenInsteadOfAHashIsNotPrinted() throws IOException {
    assertThat(read("basic_auth_users: {bob: hunter2}").problems().toString())
        .doesNotContain("hunter2");
  }

  @Test
  void costThatTakesSecondsIsRefused() throws IOException {
    String costly = HASH.replace("$10$", "$20$");
    assertThat(read("basic_auth_users: {bob: " + costly + "}").problems())
        .singleElement()
        .asString()
        .contains("cost above 16");
  }

  @Test
  void missingFileIsSaid() {
    assertThat(WebConfigFile.read(directory.resolve("none.yml")).problems())
        .singleElement()
        .asString()
        .contains("can't be read");
  }
}
