package io.github.camelakeeba.app.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A hint can be typed as it stands. */
class ProgramNameTest {
  @Test
  void the_start_script_is_named_as_it_was_called() {
    assertThat(ProgramName.with("backup shop", "bin/camel-akeeba-backup", "/opt/p.jar", false))
        .isEqualTo("bin/camel-akeeba-backup backup shop");
    assertThat(ProgramName.with("check", "/srv/my backup/bin/camel-akeeba-backup", "p.jar", false))
        .isEqualTo("\"/srv/my backup/bin/camel-akeeba-backup\" check");
  }

  @Test
  void a_jar_is_started_by_java() {
    assertThat(ProgramName.with("check", null, "camel-akeeba-backup.jar", false))
        .isEqualTo("java -jar camel-akeeba-backup.jar check");
    assertThat(ProgramName.with("check", "", "/opt/a/x.jar:/opt/a/y.jar", false))
        .isEqualTo("camel-akeeba-backup check");
  }

  @Test
  void a_build_is_started_by_maven() {
    assertThat(ProgramName.with("backup shop", null, "/m2/plexus.jar", true))
        .isEqualTo("mvn -q exec:java -Dexec.args=\"backup shop\"");
  }
}
