package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in the library, in the program and in the simulated site. */
class ThreeJarsTest {
  private static final String PROGRAM =
      "(io/github/camelakeeba/app/.*|page/.*|META-INF/.*/Log4j2Plugins[.]dat|.*log4j2.*"
          + "|camel-akeeba-backup/routes/(api|observe).*)";
  private static final String SIMULATED = "io/github/camelakeeba/simulator/.*";

  @Test
  void the_library_has_what_an_application_runs_and_nothing_of_program_and_simulated_site()
      throws Exception {
    assertThat(PomJar.LIBRARY.files())
        .contains(
            "camel-akeeba-backup/migration/V1__runs.sql",
            "camel-akeeba-backup/routes/backup.camel.yaml",
            "camel-akeeba-backup.properties",
            "config/sites.schema.json",
            "config/templates/layout.ftlh",
            "io/github/camelakeeba/embed/BackupModule.class",
            "kamelets/akeeba-backup-action.kamelet.yaml")
        .noneMatch(name -> name.matches(PROGRAM))
        .noneMatch(name -> name.matches(SIMULATED));
  }

  @Test
  void each_file_is_in_one_of_the_three_jars() throws Exception {
    assertThat(PomJar.APP.files())
        .contains(
            "camel-akeeba-backup-log4j2.xml",
            "camel-akeeba-backup/routes/api.camel.yaml",
            "io/github/camelakeeba/app/cli/Launcher.class");
    assertThat(PomJar.SIMULATOR.files())
        .contains("io/github/camelakeeba/simulator/SimulatedServer.class");
    List<String> all = new ArrayList<>();
    for (PomJar jar : PomJar.values()) {
      all.addAll(jar.files());
    }
    all.removeIf(name -> name.matches("META-INF/(LICENSE|NOTICE)")); // in each of them
    assertThat(all).doesNotHaveDuplicates();
    Path classes = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(classes)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> classes.relativize(file).toString().replace('\\', '/'))
                  .filter(name -> !name.matches("META-INF/(LICENSE|NOTICE)")))
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }
}
