package io.github.camelakeeba.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the calculator says of a schedule, check prints and serve does. */
@Tag("fault")
class OddSchedulesTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/remote.php");

  /** Quartz cron, and the zone. */
  private static final List<String[]> ODD =
      List.of(
          new String[] {"0 0 2 * * ? 2020", "UTC"},
          new String[] {"0 0 3 30 2 ?", "UTC"},
          new String[] {"0 0 3 31 4,6,9,11 ?", "UTC"},
          new String[] {"0 0 3 29 2 ?", "UTC"},
          new String[] {"0 0 3 * * ? 2099", "UTC"},
          new String[] {"0 30 2 28 3 ? 2027", "Europe/Berlin"},
          new String[] {"0 30 2 ? 3 SUNL", "Europe/Berlin"},
          new String[] {"0 0 0 * * ?", "Asia/Beirut"},
          new String[] {"0 30 2 * * ?", "Etc/GMT+5"},
          new String[] {"0 30 2 * * ?", "SystemV/EST5EDT"},
          new String[] {"0 30 2 * * ?", "EET"},
          new String[] {"0 30 2 * * ?", "Asia/Kathmandu"},
          new String[] {"0 15 10 LW * ?", "America/St_Johns"},
          new String[] {"0 0 22-2 ? * 2#1", "Australia/Lord_Howe"},
          new String[] {"59 59 23 31 12 ? 2098-2099", "Pacific/Kiritimati"},
          new String[] {"0 0/7 4,5 ? JAN-MAR MON-FRI", "Europe/Athens"},
          // longer than a column of Quartz's for cron expressions, and than the name of a trigger
          new String[] {"0 " + numbers(3) + " * * * ?", "UTC"},
          new String[] {"0 " + numbers(0) + " " + numbers(1).substring(0, 47) + " * * ?", "UTC"});

  /** Every number from there to 59. */
  private static String numbers(int from) {
    return IntStream.range(from, 60).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  @TempDir Path folder;

  private static Map<String, Instant> stored(RunningProduct product) {
    Map<String, Instant> stored = new HashMap<>();
    product
        .jdbc()
        .query(
            "select s.site, t.next_fire_time from qrtz_triggers t"
                + " join scheduled_site s on s.schedule = t.trigger_name",
            row -> {
              stored.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
            });
    return stored;
  }

  @Test
  void each_is_stored_for_the_time_that_is_computed_or_never_fires_and_stops_nobody_else()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      for (int i = 0; i < ODD.size(); i++) {
        product.site(
            "odd-" + i, NOWHERE, "schedule: \"" + ODD.get(i)[0] + "\"", "zone: " + ODD.get(i)[1]);
      }
      product.site("shop", shop.url(), "schedule: \"* * * * * ?\"").schedules().start();

      await().atMost(RunningProduct.PATIENCE).until(() -> !shop.requests("startBackup").isEmpty());
      ScheduleCalculator schedules = product.service().beans().schedules();
      Map<String, Instant> computed = new HashMap<>();
      for (Site site : product.service().configuration().sites().values()) {
        Instant next = schedules.next(site, Instant.now());
        if (next != null && site.name().startsWith("odd-")) {
          computed.put(site.name(), next);
        }
      }
      assertThat(computed).hasSize(ODD.size() - 3).doesNotContainKeys("odd-0", "odd-1", "odd-2");
      await()
          .atMost(RunningProduct.PATIENCE)
          .untilAsserted(
              () -> {
                Map<String, Instant> stored = stored(product);
                stored.remove("shop");
                assertThat(stored).isEqualTo(computed);
              });
    }
  }
}
