package io.github.camelakeeba.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusStore;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A restored dump is held against more than itself. */
class ExpectedDumpsTest {
  private static final Instant NIGHT = Instant.parse("2026-11-30T01:00:00Z");

  private final Database database = CopiedStore.memory("expected-" + UUID.randomUUID(), 2);
  private final ExpectedDumps expected = new ExpectedDumps(database);

  @AfterEach
  void close() {
    database.close();
  }

  private void run(String id, String backupid, Instant queued, String rows) {
    database
        .jdbc()
        .update(
            """
            insert into run (id, site, host, state, trigger_kind, profile, description,
              comment_text, overrides, due_at, queued_at, backupid, has_run, expected_rows)
            values (?, 'shop', 'web7', 'completed', 'api', 3, '', '', '{}', ?, ?, ?, true, ?)
            """,
            id,
            SqlTime.of(queued),
            SqlTime.of(queued),
            backupid,
            rows);
  }

  private void census(String backupid, int profile, int day, DumpTable... tables) {
    new CensusStore(database)
        .put(
            "shop",
            backupid,
            profile,
            NIGHT.plusSeconds(86_400L * day),
            new Census(7, 10, true, List.of(tables)));
  }

  @Test
  void what_the_site_counted_stays_when_another_run_verifies_the_backup_again() {
    run("made", "id-1", NIGHT, "{\"jos_rows\":2500}");
    run("verified", "id-1", NIGHT.plusSeconds(3600), "{}");

    assertThat(expected.of("shop", "id-1").rows()).isEqualTo(Map.of("jos_rows", 2500L));
    assertThat(expected.of("shop", "id-2")).isEqualTo(DumpExpectation.NONE);
    assertThat(expected.of("blog", "id-1")).isEqualTo(DumpExpectation.NONE);
  }

  @Test
  void a_dump_must_be_there_where_the_last_backup_of_the_profile_had_one() {
    DumpTable table = new DumpTable("site", "#__a", 3, "utf8mb4", null);
    run("made", "id-2", NIGHT, "{}");
    assertThat(expected.of("shop", "id-2").there()).isFalse();

    census("id-9", 1, 0, table); // of another profile
    census("id-2", 3, 1); // its own
    assertThat(expected.of("shop", "id-2").there()).isFalse();

    census("id-1", 3, 0, table);
    assertThat(expected.of("shop", "id-2").there()).isTrue();
  }

  @Test
  void what_a_download_could_not_check_is_no_warning_of_the_backup() {
    run("unchecked", "id-1", NIGHT, "{}");
    run("warned", "id-2", NIGHT, "{}");
    database.jdbc().update("update run set warnings = '[\"A .sql has no mark at its end.\"]'");
    database.jdbc().update("update run set warning_count = 1 where id = 'warned'");

    assertThat(expected.of("shop", "id-1").warnings()).isEmpty();
    assertThat(expected.of("shop", "id-2").warnings()).hasSize(1);
  }
}
