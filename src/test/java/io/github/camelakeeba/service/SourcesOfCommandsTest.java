package io.github.camelakeeba.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks a source, who keeps its list, and who takes the list that was kept. */
class SourcesOfCommandsTest {
  private static final String ONE = "name,url\none,https://one.example\n";

  @TempDir Path folder;
  private Home home;
  private Path list;

  @BeforeEach
  void home() throws Exception {
    home = new Home(folder);
    Files.createDirectories(home.config());
    list = Files.writeString(home.config().resolve("sites.csv"), ONE);
    Files.writeString(
        home.config().resolve("sites.yaml"),
        "sources: [{from: sites.csv, template: {secret: word-of-all}}]\n");
  }

  private static Configuration read(Service.Plan plan) {
    Configuration read = plan.configuration().read(text -> text);
    plan.configuration().taken();
    return read;
  }

  @Test
  void serve_and_a_backup_keep_the_list_and_a_look_takes_what_they_kept() throws Exception {
    assertThat(read(StartModes.serve(home, null)).sites()).containsOnlyKeys("one");
    assertThat(home.sources()).isNotEmptyDirectory();
    Files.writeString(list, ONE + "two,https://two.example\n");

    assertThat(read(StartModes.readOnly(home)).sites()).containsOnlyKeys("one");
    assertThat(OfflineHome.read(home).orElseThrow().configuration().sites())
        .containsOnlyKeys("one");
    assertThat(read(StartModes.unstored(home)).sites()).containsOnlyKeys("one", "two");
    assertThat(OfflineHome.readAnew(home).orElseThrow().configuration().sites())
        .containsOnlyKeys("one", "two");
    assertThat(read(StartModes.readOnly(home)).sites()).containsOnlyKeys("one");

    read(StartModes.foreground(home));
    assertThat(read(StartModes.readOnly(home)).sites()).containsOnlyKeys("one", "two");
  }

  @Test
  void check_keeps_nothing() {
    assertThat(OfflineHome.readAnew(home)).isPresent();
    read(StartModes.unstored(home));
    assertThat(home.data()).doesNotExist();
  }

  @Test
  void without_a_list_nothing_starts() throws Exception {
    Files.delete(list);
    assertThatThrownBy(() -> read(StartModes.serve(home, null)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("config/sites.yaml:1: sources[0].from: there is no such file");
  }
}
