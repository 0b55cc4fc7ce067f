package io.github.camelakeeba.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ScheduleSurvivesRestartTest {
  private static final String TRIGGERS =
      "select t.trigger_name || ' ' || c.cron_expression || ' ' || c.time_zone_id, t.start_time"
          + " from qrtz_triggers t join qrtz_cron_triggers c"
          + " on c.trigger_name = t.trigger_name and c.trigger_group = t.trigger_group";

  @TempDir Path folder;

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Reads the store while nobody has it open. */
  private <T> List<T> read(String sql, Row<T> reader) throws SQLException {
    try (Database database = Database.file(folder.resolve("data"), 2);
        var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reader.of(rows));
      }
      return read;
    }
  }

  private Map<String, Long> triggers() throws SQLException {
    Map<String, Long> triggers = new TreeMap<>();
    read(TRIGGERS, row -> triggers.put(row.getString(1), row.getLong(2)));
    return triggers;
  }

  private List<Instant> fires() throws SQLException {
    return read(
        "select id from run order by id",
        row -> Instant.parse(row.getString(1).replaceFirst(".*@", "")));
  }

  private static String at(Instant instant) {
    ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
    return "schedule: \"%d %d %d * * ?\""
        .formatted(utc.getSecond(), utc.getMinute(), utc.getHour());
  }

  /** A fire time that is more than Quartz's misfire threshold ago. */
  private static Instant passed() {
    return Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
  }

  /** The store as it is when the service went down before the daily fire time, and that passed. */
  private void hasPassed(Instant fire) throws SQLException {
    try (Database database = Database.file(folder.resolve("data"), 2);
        var connection = database.dataSource().getConnection();
        var update =
            connection.prepareStatement(
                "update qrtz_triggers set next_fire_time = ?, start_time = ?")) {
      update.setLong(1, fire.toEpochMilli());
      update.setLong(2, fire.minusSeconds(60).toEpochMilli());
      assertThat(update.executeUpdate()).isOne();
    }
  }

  @Test
  void removed_and_changed_schedules_are_reconciled_and_the_others_left_alone() throws Exception {
    Map<String, Long> before;
    try (RunningProduct product = new RunningProduct(folder)) {
      for (String name : new String[] {"gone", "cron", "off", "same", "zone"}) {
        SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET);
        product.site(name, site.url(), "schedule: \"0 0 3 * * ?\"", "zone: Europe/Athens");
      }
      product.schedules().durable().start().stop();
      before = triggers();
    }
    assertThat(before.keySet())
        .containsExactly(
            "cron 0 0 3 * * ? Europe/Athens",
            "gone 0 0 3 * * ? Europe/Athens",
            "off 0 0 3 * * ? Europe/Athens",
            "same 0 0 3 * * ? Europe/Athens",
            "zone 0 0 3 * * ? Europe/Athens");

    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite site = product.server().joomla("site").secret(RunningProduct.SECRET);
      String at3 = "schedule: \"0 0 3 * * ?\"";
      product
          .site("cron", site.url(), "schedule: \"0 0 4 * * ?\"", "zone: Europe/Athens")
          .site("off", site.url(), at3, "zone: Europe/Athens", "enabled: false")
          .site("same", site.url(), at3, "zone: Europe/Athens")
          .site("zone", site.url(), at3, "zone: Asia/Tokyo")
          .schedules()
          .durable()
          .start()
          .stop();
    }
    Map<String, Long> after = triggers();
    assertThat(after.keySet())
        .containsExactly(
            "cron 0 0 4 * * ? Europe/Athens",
            "same 0 0 3 * * ? Europe/Athens",
            "zone 0 0 3 * * ? Asia/Tokyo");
    assertThat(after.get("same 0 0 3 * * ? Europe/Athens"))
        .isEqualTo(before.get("same 0 0 3 * * ? Europe/Athens"));
  }

  /** Its jobs name the component quartz, and a context that is not there any more. */
  @Test
  void jobs_that_an_older_version_or_another_context_has_stored_fire() throws Exception {
    Instant at = passed();
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      product.site("shop", shop.url(), at(at)).schedules().durable().start().stop();
      try (Database database = Database.file(folder.resolve("data"), 2);
          var connection = database.dataSource().getConnection()) {
        age(connection);
      }
      hasPassed(at);

      product.start();

      assertThat(product.outcome("shop@" + at).data().state()).isEqualTo("completed");
    }
  }

  private static void age(Connection connection) throws Exception {
    Properties job = new Properties();
    try (var rows = connection.createStatement().executeQuery("select * from qrtz_job_details")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("sched_name"))
          .isEqualTo("camel-akeeba-backup-camel-akeeba-backup"); // as in every version before
      job.load(new ByteArrayInputStream(rows.getBytes("job_data")));
    }
    assertThat(job.getProperty("CamelQuartzEndpoint")).startsWith("backup-quartz://backup/shop?");
    job.setProperty(
        "CamelQuartzEndpoint",
        job.getProperty("CamelQuartzEndpoint").replace("backup-quartz:", "quartz:"));
    assertThat(job.setProperty("CamelQuartzCamelContextName", "camel-1"))
        .isEqualTo("camel-akeeba-backup");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    job.store(data, null);
    try (var update = connection.prepareStatement("update qrtz_job_details set job_data = ?")) {
      update.setBytes(1, data.toByteArray());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Tag("fault")
  @Test
  void a_time_that_passed_while_nobody_was_there_is_made_up_for_once() throws Exception {
    Instant fire = passed();
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      product.site("shop", shop.url(), "zone: UTC", at(fire)).schedules().durable().start();
      product.stop();
      assertThat(fires()).isEmpty();
      hasPassed(fire);

      product.start();

      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 2);
      await()
          .during(Duration.ofSeconds(2))
          .atMost(RunningProduct.PATIENCE)
          .until(() -> shop.requests("startBackup").size() == 1);
      product.stop();
      assertThat(fires()).hasSize(1);
    }
  }

  @Test
  void many_times_that_passed_are_made_up_for_by_one_run_at_most() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
      product.site("shop", shop.url(), "schedule: \"* * * * * ?\"").schedules().durable().start();
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("startBackup").size() >= 2);
      product.stop();
      Instant stopped = Instant.now();
      Instant back = stopped.plusSeconds(8);
      await().atMost(RunningProduct.PATIENCE).until(() -> Instant.now().isAfter(back));
      int before = shop.requests("startBackup").size();

      product.start();
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> shop.requests("startBackup").size() >= before + 3);
      product.stop();

      assertThat(fires().stream().filter(at -> at.isAfter(stopped) && at.isBefore(back)))
          .hasSizeLessThanOrEqualTo(1);
      assertThat(fires()).doesNotHaveDuplicates();
    }
  }
}
