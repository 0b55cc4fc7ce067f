package io.github.camelakeeba.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ServeFilesTest {
  @TempDir Path folder;

  private Home home() {
    return new Home(folder);
  }

  private Path file(String name) {
    return folder.resolve("data").resolve(name);
  }

  @Test
  void a_serve_is_found_while_it_runs_by_its_own_user_alone() throws Exception {
    assertThat(ServeFiles.find(home())).isEmpty();
    Secret token = Secret.random();

    try (ServeFiles files = ServeFiles.write(home(), 41_234, token)) {
      ServeFiles.Serve serve = ServeFiles.find(home()).orElseThrow();
      assertThat(serve.address()).hasToString("http://127.0.0.1:41234");
      assertThat(serve.token()).isEqualTo(token);
      for (String name : new String[] {"api.token", "api.port"}) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
            .as(name)
            .isEqualTo("rw-------");
      }
      assertThat(SecretMasker.mask("it is " + token.reveal())).isEqualTo("it is ***");
    }

    assertThat(file("api.token")).doesNotExist();
    assertThat(file("api.port")).doesNotExist();
    assertThat(ServeFiles.find(home())).isEmpty();
  }

  /** Writes them for the home that is named. */
  public static void main(String[] arguments) {
    ServeFiles.write(new Home(Path.of(arguments[0])), 41_239, Secret.random());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobody_else_may_put_files_in_their_place_even_without_a_mask() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "umask 000; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServeFilesTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("."))))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("api.token"))))
        .isEqualTo("rw-------");
  }

  @Tag("fault")
  @Test
  void the_files_of_a_serve_that_was_killed_mislead_nobody_and_are_made_anew() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(file("api.port"), "41234\n");
    Path old = Files.writeString(file("api.token"), "an-old-token-7Fq2\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(ServeFiles.find(home())).isEmpty();

    try (ServeFiles files = ServeFiles.write(home(), 41_235, Secret.random())) {
      assertThat(ServeFiles.find(home()).orElseThrow().address()).hasPort(41_235);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_serve_that_ends_leaves_the_files_of_its_successor() throws Exception {
    ServeFiles first = ServeFiles.write(home(), 41_236, Secret.random());
    try (ServeFiles second = ServeFiles.write(home(), 41_237, Secret.random())) {
      first.close();

      assertThat(ServeFiles.find(home()).orElseThrow().address()).hasPort(41_237);
    }
  }

  @Tag("fault")
  @Test
  void a_folder_that_can_not_be_written_is_one_sentence() throws Exception {
    Files.createFile(folder.resolve("data"));

    assertThatThrownBy(() -> ServeFiles.write(home(), 41_238, Secret.random()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("data/api.token: can't be written (")
        .hasMessageContaining("must belong to the user that 'serve' runs as");
  }
}
