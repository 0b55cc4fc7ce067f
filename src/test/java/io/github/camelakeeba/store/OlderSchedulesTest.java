package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Up to version 18 of the tables each site had a trigger of its own. */
@Tag("postgres")
@Tag("slow")
class OlderSchedulesTest {
  private static final String EARLIER = "camel-akeeba-backup-camel-akeeba-backup";

  @TempDir Path folder;

  private static void trigger(JdbcTemplate jdbc, String site, String cron, Instant next) {
    jdbc.update(
        """
        insert into qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable,
          is_nonconcurrent, is_update_data, requests_recovery)
        values (?, ?, 'backup', 'org.apache.camel.component.quartz.CamelJob', false, false, false,
          true)""",
        EARLIER,
        site);
    jdbc.update(
        """
        insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,
          next_fire_time, prev_fire_time, priority, trigger_state, trigger_type, start_time,
          end_time, misfire_instr)
        values (?, ?, 'backup', ?, 'backup', ?, -1, 5, 'PAUSED', 'CRON', ?, 0, 1)""",
        EARLIER,
        site,
        site,
        next.toEpochMilli(),
        next.minusSeconds(60).toEpochMilli());
    jdbc.update(
        """
        insert into qrtz_cron_triggers (sched_name, trigger_name, trigger_group, cron_expression,
          time_zone_id)
        values (?, ?, 'backup', ?, 'UTC')""",
        EARLIER,
        site,
        cron);
  }

  /** The process died while it wrote the row of this time; the next fire is stored already. */
  private static void fired(JdbcTemplate jdbc, String site, Instant fire) {
    jdbc.update(
        """
        insert into qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group,
          instance_name, fired_time, sched_time, priority, state, job_name, job_group,
          is_nonconcurrent, requests_recovery)
        values (?, 'one', ?, 'backup', 'gone', ?, ?, 5, 'EXECUTING', ?, 'backup', false, true)""",
        EARLIER,
        site,
        fire.toEpochMilli(),
        fire.toEpochMilli(),
        site);
  }

  private static String daily(Instant at) {
    ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
    return "%d %d %d * * ?".formatted(utc.getSecond(), utc.getMinute(), utc.getHour());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void triggers_of_an_earlier_version_go_and_what_they_owe_is_made_up_for_once(String store)
      throws Exception {
    boolean h2 = store.equals("h2");
    String url =
        h2
            ? OlderStore.h2(Files.createDirectories(folder.resolve("data")))
            : SharedPostgres.newDatabase();
    Instant passed = Instant.now().minusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
    Instant died = passed.minusSeconds(60);
    OlderStore.write(
        url,
        "18",
        jdbc -> {
          trigger(jdbc, "shop", daily(passed), passed);
          trigger(jdbc, "blog", daily(passed), passed);
          trigger(jdbc, "gone", daily(passed), passed);
          trigger(jdbc, "moved", "0 0 3 1 1 ?", passed);
          trigger(jdbc, "died", daily(died), died.plus(1, ChronoUnit.DAYS));
          fired(jdbc, "died", died);
        });
    try (RunningProduct product = new RunningProduct(folder)) {
      for (String name : new String[] {"shop", "blog", "moved", "new", "died"}) {
        SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(1);
        String cron = daily(name.equals("died") ? died : passed);
        product.site(name, site.url(), "zone: UTC", "schedule: \"" + cron + "\"");
      }
      product.yaml("limits: {perHost: 9, spread: 0s}\n").schedules();
      (h2 ? product.durable() : product.postgres(url)).start();

      for (String run : new String[] {"shop@" + passed, "blog@" + passed, "died@" + died}) {
        assertThat(product.outcome(run).data().state()).isEqualTo("completed");
      }
      // another schedule, or none before: its time had not come yet
      assertThat(product.jdbc().queryForList("select id from run", String.class)).hasSize(3);
      assertThat(
              product
                  .jdbc()
                  .queryForList("select distinct sched_name from qrtz_triggers", String.class))
          .containsExactly("camel-akeeba-backup");
      await()
          .atMost(RunningProduct.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          product
                              .jdbc()
                              .queryForList(
                                  "select trigger_name from qrtz_triggers order by next_fire_time",
                                  String.class))
                      .containsExactly(daily(died) + " UTC", daily(passed) + " UTC"));
    }
  }
}
