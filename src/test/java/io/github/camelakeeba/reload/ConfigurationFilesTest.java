package io.github.camelakeeba.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFilesTest {
  @TempDir Path config;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(config.resolve("sites.yaml"), "sites: {}");
  }

  @Test
  void a_change_is_told_once_and_only_when_the_files_are_at_rest() throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(config, true);
    assertThat(files.changed()).isFalse();

    Files.writeString(config.resolve("sites.yaml"), "sites: {a: {}}");
    assertThat(files.changed()).as("it may be half written").isFalse();
    assertThat(files.changed()).isTrue();
    assertThat(files.changed()).isFalse();
  }

  @Test
  void a_file_that_comes_or_goes_below_the_folder_is_a_change() throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(config, true);
    Path more = Files.createDirectories(config.resolve("sites.d")).resolve("more.yaml");

    Files.writeString(more, "sites: {}");
    files.changed();
    assertThat(files.changed()).isTrue();

    Files.delete(more);
    files.changed();
    assertThat(files.changed()).isTrue();
  }

  @Test
  void nothing_is_a_change_where_files_are_not_watched() throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(config, false);

    Files.writeString(config.resolve("sites.yaml"), "sites: {a: {}}");

    assertThat(files.changed()).isFalse();
    assertThat(files.changed()).isFalse();
  }
}
