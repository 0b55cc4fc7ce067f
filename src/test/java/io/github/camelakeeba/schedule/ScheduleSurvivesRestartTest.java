package io.github.camelakeeba.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.net.URI;
import java.nio.file.Path;
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
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ScheduleSurvivesRestartTest {
  private static final String TRIGGERS = "select trigger_name, start_time from qrtz_triggers";

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
    try (Database database = Database.file(folder.resolve("data"), 2)) {
      long before = fire.minusSeconds(60).toEpochMilli();
      assertThat(
              database
                  .jdbc()
                  .update(
                      "update qrtz_triggers set next_fire_time = ?, start_time = ?",
                      fire.toEpochMilli(),
                      before))
          .isOne();
      database.jdbc().update("update scheduled_site set since = since - interval '2' minute");
    }
  }

  @Test
  void a_changed_configuration_is_reconciled() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:9/remote.php");
    String at3 = "schedule: \"0 0 3 * * ?\"";
    String at5 = "schedule: \"0 0 5 * * ?\"";
    Map<String, Long> before;
    try (RunningProduct product = new RunningProduct(folder)) {
      for (String name : new String[] {"gone", "cron", "off", "same", "zone"}) {
        product.site(name, nowhere, at3, "zone: Europe/Athens");
      }
      product.site("last", nowhere, at5, "zone: UTC").schedules().durable().start().stop();
      before = triggers();
      assertThat(sites()).containsOnlyKeys("gone", "cron", "off", "same", "zone", "last");
    }
    assertThat(before).containsOnlyKeys("0 0 3 * * ? Europe/Athens", "0 0 5 * * ? UTC");

    try (RunningProduct product = new RunningProduct(folder)) {
      product
          .site("cron", nowhere, "schedule: \"0 0 4 * * ?\"", "zone: Europe/Athens")
          .site("off", nowhere, at3, "zone: Europe/Athens", "enabled: false")
          .site("same", nowhere, at3, "zone: Europe/Athens")
          .site("zone", nowhere, at3, "zone: Asia/Tokyo")
          .site("new", nowhere, at3, "zone: Asia/Tokyo")
          .schedules()
          .durable()
          .start()
          .stop();
    }
    Map<String, Long> after = triggers();
    assertThat(after)
        .containsOnlyKeys(
            "0 0 3 * * ? Asia/Tokyo", "0 0 3 * * ? Europe/Athens", "0 0 4 * * ? Europe/Athens")
        .containsEntry("0 0 3 * * ? Europe/Athens", before.get("0 0 3 * * ? Europe/Athens"));
    assertThat(sites())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cron", "0 0 4 * * ? Europe/Athens",
                "same", "0 0 3 * * ? Europe/Athens",
                "zone", "0 0 3 * * ? Asia/Tokyo",
                "new", "0 0 3 * * ? Asia/Tokyo"));
  }

  private Map<String, String> sites() throws SQLException {
    Map<String, String> sites = new TreeMap<>();
    read(
        "select site, schedule from scheduled_site",
        row -> sites.put(row.getString(1), row.getString(2)));
    return sites;
  }

  @Test
  void a_site_that_got_its_schedule_after_a_time_that_passed_does_not_make_up_for_it()
      throws Exception {
    Instant fire = passed();
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
      product
          .site("shop", shop.url(), "zone: UTC", at(fire))
          .yaml("limits: {perHost: 2, spread: 0s}\n")
          .schedules()
          .durable()
          .start()
          .stop();
      hasPassed(fire);

      SimulatedSite late = product.server().joomla("late").secret(RunningProduct.SECRET).steps(1);
      product.site("late", late.url(), "zone: UTC", at(fire)).start();

      assertThat(product.outcome("shop@" + fire).data().state()).isEqualTo("completed");
      assertThat(product.service().beans().runs().newest("late")).isEmpty();
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
