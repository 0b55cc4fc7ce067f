package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What distinguishes the messages of two installations. */
class InstallationIdentityTest {
  @TempDir Path folder;

  private String source(String data) {
    try (Database database = Database.file(folder.resolve(data), 2)) {
      String source = new InstallationIdentity(database).source().base();
      assertThat(new InstallationIdentity(database).source().base())
          .as("of a second node")
          .isEqualTo(source);
      return source;
    }
  }

  @Test
  void its_name_is_kept_in_the_store_and_is_no_other_installations() {
    String one = source("one");
    assertThat(one).matches("urn:camel-akeeba-backup:[0-9a-f-]{36}");
    assertThat(source("one")).as("after a restart").isEqualTo(one);
    assertThat(source("two")).isNotEqualTo(one);
  }
}
