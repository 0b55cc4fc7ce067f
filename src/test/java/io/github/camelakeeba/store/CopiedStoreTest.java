package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Most tests run on a copy, so it must be what a user's store is. */
class CopiedStoreTest {
  @Test
  void a_copy_has_the_tables_indexes_and_rules_that_the_migrations_make() {
    try (Database migrated = Database.memory("original", 2);
        Database copy = CopiedStore.memory("copy", 2)) {
      assertThat(made(copy)).isEqualTo(made(migrated)).hasSizeGreaterThan(50);
    }
  }

  /** What a script says, in any order, but for the times in the history of the migrations. */
  private static List<String> made(Database database) {
    return Stream.concat(
            CopiedStore.script(database).stream().filter(line -> !line.startsWith("INSERT")),
            database
                .jdbc()
                .queryForList(
                    "select coalesce(version, '') || ' ' || script || ' ' || coalesce(checksum, 0) || success"
                        + " from schema_history order by installed_rank",
                    String.class)
                .stream())
        .sorted()
        .toList();
  }
}
