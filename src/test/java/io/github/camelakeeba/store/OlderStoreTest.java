package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A store with runs and messages of a version without channels, standings and request ids goes on.
 */
@Tag("postgres")
class OlderStoreTest {
  private static String postgres;

  @TempDir Path folder;

  @BeforeAll
  static void createDatabase() throws Exception {
    postgres = SharedPostgres.newDatabase();
  }

  private String url(String store) {
    return store.equals("h2") ? OlderStore.h2(folder) : postgres;
  }

  private static void rows(JdbcTemplate jdbc) {
    run(jdbc, "shop-1", "shop", "completed", 9);
    run(jdbc, "shop-2", "shop", "warning", 8);
    run(jdbc, "shop-3", "shop", "failed", 7);
    run(jdbc, "shop-4", "shop", "failed", 6);
    run(jdbc, "blog-1", "blog", "completed", 5);
    run(jdbc, "never-1", "never", "failed", 4);
    run(jdbc, "new-1", "new", "queued", 3);
    jdbc.update("update run set request_id = 'deploy-7' where id = 'shop-1'");
    for (String event : List.of("shop-3/failed", "shop-4/started", "shop-4/failed")) {
      jdbc.update(
          """
            insert into outbox (event_id, channel, event, created_at, due_at)
            values (?, 'ops', '{}', current_timestamp - interval '6' hour, current_timestamp)
            """,
          event);
    }
  }

  private static void run(JdbcTemplate jdbc, String id, String site, String state, int daysAgo) {
    String then = "current_timestamp - interval '" + daysAgo + "' day";
    jdbc.update(
        "insert into run (id, site, host, state, trigger_kind, profile, description, comment_text,"
            + " overrides, size, due_at, queued_at, ended_at)"
            + " values (?, ?, 'h', ?, 'api', 1, '', '', '{}', ?, "
            + (then + ", " + then + ", " + (state.equals("queued") ? "null" : then) + ")"),
        id,
        site,
        state,
        daysAgo * 1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void its_sites_stand_as_their_runs_say_and_its_messages_go_on_in_order_and_its_requests_are_known(
      String store) {
    OlderStore.write(url(store), "2", OlderStoreTest::rows);
    try (Database database =
        store.equals("h2")
            ? Database.file(folder, 4)
            : Database.open(url(store), "postgres", null, 4)) {
      Map<String, Object> shop = siteHealth(database, "shop");
      assertThat(shop.get("failures")).isEqualTo(2);
      assertThat(shop.get("failed_run")).isEqualTo("shop-4");
      assertThat(shop.get("failed_at")).isNotNull();
      assertThat(shop.get("last_good_at")).isNotNull();
      assertThat(shop.get("last_good_size")).as("that of shop-2").isEqualTo(8_000L);
      // else a site that was overdue before would be given its whole time anew
      assertThat(shop.get("watched")).isEqualTo(true);
      assertThat(siteHealth(database, "blog"))
          .containsEntry("failures", 0)
          .containsEntry("failed_run", null);
      assertThat(siteHealth(database, "never"))
          .containsEntry("failures", 1)
          .containsEntry("last_good_at", null)
          .containsEntry("last_good_size", null);
      assertThat(siteHealth(database, "new")).containsEntry("failures", 0);

      assertThat(
              database
                  .jdbc()
                  .queryForList(
                      "select subject from outbox where ready_at = created_at order by id",
                      String.class))
          .containsExactly("shop-3", "shop-4", "shop-4");

      assertThat(database.jdbc().queryForList("select id || ' ' || run from request", String.class))
          .containsExactly("deploy-7 shop-1");

      // what ended on a day is known of the runs that are still there
      assertThat(
              database
                  .jdbc()
                  .queryForList(
                      "select site || ' ' || worst || ' ' || completed || warning || failed || missed"
                          + " || ' ' || coalesce(cast(size as varchar), '-') from site_day"
                          + " order by site, utc_day",
                      String.class))
          .containsExactly(
              "blog completed 1000 5000",
              "never failed 0010 -",
              "shop completed 1000 9000",
              "shop warning 0100 8000",
              "shop failed 0010 -",
              "shop failed 0010 -");
      assertThat(
              database
                  .jdbc()
                  .queryForObject(
                      "select count(*) from site_day d join run r on r.site = d.site"
                          + " and cast(r.ended_at at time zone 'UTC' as date) = d.utc_day",
                      Integer.class))
          .isEqualTo(6);
    }
  }

  private static Map<String, Object> siteHealth(Database database, String site) {
    return database.jdbc().queryForMap("select * from standing where site = ?", site);
  }
}
