package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The store of a version that kept the ids of requests unique in two places. */
@Tag("postgres")
class RequestIdMigrationTest {
  @TempDir Path folder;

  private static void insert(JdbcTemplate jdbc, String run, String site, String request) {
    jdbc.update(
        """
        insert into run (id, request_id, site, active_site, host, state, trigger_kind, profile,
          description, comment_text, overrides, due_at, queued_at, owner, claim, sending, steps)
        values (?, ?, ?, ?, 'h', 'running', 'api', 1, '', '', '{}', current_timestamp,
          current_timestamp, 'gone', 3, 'stepBackup', 7)
        """,
        run,
        request,
        site,
        site);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void a_run_in_flight_is_kept_as_it_was_and_only_the_second_unique_index_is_gone(String store)
      throws Exception {
    String url = store.equals("h2") ? OlderStore.h2(folder) : SharedPostgres.newDatabase();
    OlderStore.write(
        url,
        "35",
        jdbc -> {
          insert(jdbc, "shop-1", "shop", "deploy-7");
          jdbc.update("insert into request (id, run) values ('deploy-7', 'shop-1')");
          assertThatThrownBy(() -> insert(jdbc, "blog-1", "blog", "deploy-7"))
              .isInstanceOf(DuplicateKeyException.class);
        });
    for (int start = 1; start <= 2; start++) {
      try (Database database =
          store.equals("h2") ? Database.file(folder, 2) : Database.open(url, "postgres", null, 2)) {
        JdbcTemplate jdbc = database.jdbc();
        assertThat(
                jdbc.queryForList(
                    "select owner || claim || sending || steps from run", String.class))
            .containsExactly("gone3stepBackup7");
        database
            .transaction()
            .executeWithoutResult(
                status -> {
                  insert(jdbc, "blog-1", "blog", "deploy-7");
                  status.setRollbackOnly();
                });
        for (List<String> taken :
            List.of(List.of("shop-1", "blog"), List.of("shop-2", "shop"))) { // id, active_site
          assertThatThrownBy(() -> insert(jdbc, taken.get(0), taken.get(1), null))
              .isInstanceOf(DuplicateKeyException.class);
        }
        assertThatThrownBy(
                () -> jdbc.update("insert into request (id, run) values ('deploy-7', 'shop-1')"))
            .isInstanceOf(DuplicateKeyException.class);
      }
    }
  }
}
