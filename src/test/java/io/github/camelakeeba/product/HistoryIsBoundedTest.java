package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.store.HistoryPurge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than history.keep goes, but for what is still needed. */
@Tag("slow")
class HistoryIsBoundedTest {
  private static final String YAML =
      """
      history: {keep: 10d}
      channels:
        ops: {type: mail, smtp: "%SMTP%", from: backup@example.com, to: ops@example.com}
      notify: [{on: completed, to: ops}]
      """;

  @TempDir Path folder;

  @Test
  void old_runs_go_but_for_the_newest_good_one_of_a_site_and_profile() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).yaml(YAML)) {
      product.site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url());
      product.site("gone", product.server().joomla("gone").url());
      product.start();
      String first = product.backup("shop").data().run();
      String second = product.backup("shop").data().run();
      String failed = product.backup("gone").data().run();
      age(product, 11, first, second, failed);
      String recent = product.backup("gone").data().run();
      age(product, 9, recent);

      prune(product);

      assertThat(runs(product)).containsExactlyInAnyOrder(second, recent);
      assertThat(product.jdbc().queryForList("select run from own_record", String.class))
          .containsExactly(second);
    }
  }

  @Test
  void delivered_messages_go_parked_and_waiting_ones_stay() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).yaml(YAML)) {
      product
          .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url())
          .start();
      for (String column : List.of("delivered_at", "parked_at", "created_at")) {
        product
            .jdbc()
            .update(
                "insert into outbox (event_id, channel, event, created_at, due_at) values (?, 'old',"
                    + " '{}', current_timestamp, current_timestamp + interval '1' day)",
                column);
        product
            .jdbc()
            .update(
                "update outbox set "
                    + column
                    + " = current_timestamp - interval '11' day where event_id = ?",
                column);
      }

      prune(product);

      assertThat(
              product
                  .jdbc()
                  .queryForList("select event_id from outbox where channel = 'old'", String.class))
          .containsExactlyInAnyOrder("parked_at", "created_at");
    }
  }

  @Test
  void however_much_there_is() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).yaml(YAML)) {
      product
          .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url())
          .start();
      product
          .jdbc()
          .update(
              """
              insert into outbox (event_id, channel, event, created_at, due_at, delivered_at)
              select 'event-' || x, 'old', '{}', current_timestamp, current_timestamp,
                current_timestamp - interval '11' day
              from system_range(1, 2500)
              """);

      prune(product);

      assertThat(product.jdbc().queryForObject("select count(*) from outbox", Integer.class))
          .isZero();
    }
  }

  /** Tried again where the service's own purge, a minute after the start, holds the rows. */
  private static void prune(RunningProduct product) {
    HistoryPurge history =
        product
            .service()
            .context()
            .getRegistry()
            .lookupByNameAndType("backup-history", HistoryPurge.class);
    product
        .database()
        .retry(
            () -> {
              history.purgeAll();
              return true;
            });
  }

  private static void age(RunningProduct product, int days, String... runs) {
    for (String run : runs) {
      product
          .jdbc()
          .update(
              "update run set ended_at = ended_at - interval '" + days + "' day where id = ?", run);
    }
  }

  private static List<String> runs(RunningProduct product) {
    return product.jdbc().queryForList("select id from run", String.class);
  }
}
