package io.github.camelakeeba.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;

/** Quartz fires when the calculator says, also where it would fire later by itself. */
@Tag("slow")
@Tag("fault")
class ScheduleTriggersTest {
  private static final String NEXT =
      "select next_fire_time from qrtz_triggers where trigger_group = ?";

  @TempDir Path folder;

  private static Scheduler scheduler(RunningProduct product) {
    return product
        .service()
        .context()
        .getComponent(ScheduleRoutes.SCHEME, QuartzComponent.class)
        .getScheduler();
  }

  /** Else the service itself would align, by the clock of today. */
  private static void alone(RunningProduct product) throws Exception {
    product.service().context().getRouteController().stopRoute("backup-clock-tick");
  }

  @Test
  void a_time_that_daylight_saving_leaves_out_has_a_trigger_for_once_that_fires() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      URI nowhere = URI.create("http://127.0.0.1:9/remote.php");
      product
          .site("shop", nowhere, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Berlin")
          .schedules()
          .start();
      alone(product);
      product
          .jdbc()
          .update(
              "update qrtz_triggers set next_fire_time = ?",
              Instant.parse("2027-03-29T00:30:00Z").toEpochMilli());
      ScheduleTriggers triggers =
          new ScheduleTriggers(
              product.service().context(),
              product.service().configuration(),
              product.service().beans().schedules(),
              product.database(),
              Clock.fixed(Instant.parse("2027-03-27T12:00:00Z"), ZoneOffset.UTC));
      triggers.attach(scheduler(product));

      triggers.align();
      triggers.align();

      Long once = product.jdbc().queryForObject(NEXT, Long.class, "backup-once");
      assertThat(Instant.ofEpochMilli(once)).isEqualTo(Instant.parse("2027-03-28T01:00:00Z"));
      Long daily = product.jdbc().queryForObject(NEXT, Long.class, "backup");
      assertThat(Instant.ofEpochMilli(daily)).isEqualTo(Instant.parse("2027-03-29T00:30:00Z"));

      product
          .jdbc()
          .update(
              "update qrtz_triggers set start_time = ?, next_fire_time = ?"
                  + " where trigger_group = 'backup-once'",
              System.currentTimeMillis(),
              System.currentTimeMillis());
      triggers.signalSchedulingChange();
      Run run =
          await()
              .atMost(RunningProduct.PATIENCE)
              .until(
                  () -> product.service().beans().runs().newest("shop"), found -> found.isPresent())
              .flatMap(found -> product.service().beans().runs().find(found.id()))
              .orElseThrow();
      assertThat(run.request().trigger()).isEqualTo("schedule");
      assertThat(run.id()).startsWith("shop@").endsWith("T01:30:00Z");
    }
  }

  @Test
  void a_trigger_for_once_that_another_node_makes_at_the_same_moment_is_there_once()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      URI nowhere = URI.create("http://127.0.0.1:9/remote.php");
      product
          .site("shop", nowhere, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Berlin")
          .schedules()
          .start();
      alone(product);
      product
          .jdbc()
          .update(
              "update qrtz_triggers set next_fire_time = ?",
              Instant.parse("2027-03-29T00:30:00Z").toEpochMilli());
      ScheduleTriggers triggers =
          new ScheduleTriggers(
              product.service().context(),
              product.service().configuration(),
              product.service().beans().schedules(),
              product.database(),
              Clock.fixed(Instant.parse("2027-03-27T12:00:00Z"), ZoneOffset.UTC));
      triggers.attach(outrun(scheduler(product)));

      triggers.align();

      Long once = product.jdbc().queryForObject(NEXT, Long.class, "backup-once");
      assertThat(Instant.ofEpochMilli(once)).isEqualTo(Instant.parse("2027-03-28T01:00:00Z"));
    }
  }

  /** Another node stores the same as we do, a moment before. */
  private static Scheduler outrun(Scheduler quartz) {
    return (Scheduler)
        Proxy.newProxyInstance(
            ScheduleTriggersTest.class.getClassLoader(),
            new Class<?>[] {Scheduler.class},
            (proxy, method, arguments) -> {
              try {
                if (method.getName().equals("scheduleJob")) {
                  method.invoke(quartz, arguments);
                }
                return method.invoke(quartz, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void a_clock_that_is_behind_that_of_another_node_has_nothing_fire_a_second_time()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      URI nowhere = URI.create("http://127.0.0.1:9/remote.php");
      product.site("shop", nowhere, "schedule: \"0 0 * * * ?\"", "zone: UTC").schedules().start();
      alone(product);
      Instant fired = Instant.parse("2027-03-27T13:00:00Z");
      Long next = fired.plus(Duration.ofHours(1)).toEpochMilli();
      product.jdbc().update("update qrtz_triggers set next_fire_time = ?", next);
      ScheduleTriggers triggers =
          new ScheduleTriggers(
              product.service().context(),
              product.service().configuration(),
              product.service().beans().schedules(),
              product.database(),
              Clock.fixed(fired.minusSeconds(1800), ZoneOffset.UTC));
      triggers.attach(scheduler(product));
      product
          .service()
          .context()
          .getRegistry()
          .lookupByNameAndType("backup-request-repository", RequestRepository.class)
          .accept(
              product
                  .service()
                  .context()
                  .getRegistry()
                  .lookupByNameAndType("backup-request-reader", RequestReader.class)
                  .scheduled("shop", Date.from(fired)));

      triggers.align();

      assertThat(product.jdbc().queryForObject(NEXT, Long.class, "backup")).isEqualTo(next);
    }
  }

  @Test
  void a_schedule_that_a_wrong_clock_has_put_off_fires_at_its_time() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
      Instant at = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
      ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
      product
          .site(
              "shop",
              shop.url(),
              "zone: UTC",
              "schedule: \"%d %d %d * * ?\""
                  .formatted(utc.getSecond(), utc.getMinute(), utc.getHour()))
          .schedules()
          .start();
      assertThat(
              product
                  .jdbc()
                  .update(
                      "update qrtz_triggers set next_fire_time = next_fire_time + 86400000,"
                          + " start_time = start_time + 86400000"))
          .isOne();

      product
          .service()
          .context()
          .createProducerTemplate()
          .requestBody("direct:backup-clock-set", (Object) null);

      assertThat(product.outcome("shop@" + at).data().state()).isEqualTo("completed");
      assertThat(shop.requests("startBackup")).hasSize(1);
    }
  }
}
