package io.github.camelakeeba.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;

/** Quartz has a trigger a schedule, which fires when the calculator says. */
@Tag("slow")
@Tag("fault")
class ScheduleTriggersTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/remote.php");
  private static final String NIGHTLY = "0 30 2 * * ? Europe/Berlin";

  @TempDir Path folder;
  private RunningProduct product;

  @BeforeEach
  void prepare() {
    product = new RunningProduct(folder).schedules();
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  /** Alone: else the service itself would align, by the clock of today. */
  private void start() throws Exception {
    product.start().service().context().getRouteController().stopRoute("backup-clock-tick");
  }

  private Scheduler scheduler() {
    return product
        .service()
        .context()
        .getComponent("backup-quartz", QuartzComponent.class)
        .getScheduler();
  }

  private ScheduleTriggers at(String time, Scheduler quartz) {
    Service service = product.service();
    Clock clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    RequestReader requests = service.beans().reader();
    ScheduledSites sites =
        new ScheduledSites(
            service.configuration(),
            service.beans().schedules(),
            requests,
            product.database(),
            clock);
    ScheduleTriggers triggers =
        new ScheduleTriggers(sites, service.beans().schedules(), product.database(), clock);
    triggers.attach(quartz);
    return triggers;
  }

  private void storeNext(Instant next) {
    assertThat(
            product
                .jdbc()
                .update("update qrtz_triggers set next_fire_time = ?", next.toEpochMilli()))
        .isOne();
  }

  private Instant next() {
    return Instant.ofEpochMilli(
        product.jdbc().queryForObject("select next_fire_time from qrtz_triggers", Long.class));
  }

  private void nightly() throws Exception {
    product.site("shop", NOWHERE, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Berlin");
    start();
  }

  @Test
  void ten_thousand_sites_need_one_trigger_for_each_distinct_schedule() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      String zone = i % 2 == 0 ? "UTC" : "Asia/Tokyo";
      product.site(
          "s" + i, NOWHERE, "schedule: \"0 0 3 1 " + (i % 3 + 1) + " ?\"", "zone: " + zone);
    }
    start();

    assertThat(product.jdbc().queryForList("select trigger_name from qrtz_triggers", String.class))
        .containsExactlyInAnyOrder(
            "0 0 3 1 1 ? UTC",
            "0 0 3 1 2 ? UTC",
            "0 0 3 1 3 ? UTC",
            "0 0 3 1 1 ? Asia/Tokyo",
            "0 0 3 1 2 ? Asia/Tokyo",
            "0 0 3 1 3 ? Asia/Tokyo");
    assertThat(product.jdbc().queryForList("select job_name from qrtz_job_details", String.class))
        .hasSize(1);
    assertThat(product.service().context().getRoutes())
        .extracting(Route::getRouteId)
        .filteredOn(route -> route.startsWith("backup-schedule"))
        .containsExactly("backup-schedule");
  }

  @Test
  void a_time_that_daylight_saving_leaves_out_fires_at_the_first_minute_that_exists()
      throws Exception {
    nightly();
    storeNext(Instant.parse("2027-03-29T00:30:00Z"));

    at("2027-03-27T12:00:00Z", scheduler()).align();

    Instant gap = Instant.parse("2027-03-28T01:00:00Z");
    assertThat(next()).isEqualTo(gap);
    // as Quartz reads it from the store, and goes on from there
    assertThat(
            scheduler()
                .getTrigger(new TriggerKey(NIGHTLY, "backup"))
                .getFireTimeAfter(Date.from(gap)))
        .isEqualTo(Instant.parse("2027-03-29T00:30:00Z"));
    assertThat(
            scheduler()
                .getTrigger(new TriggerKey(NIGHTLY, "backup"))
                .getFireTimeAfter(Date.from(gap.minusSeconds(1))))
        .isEqualTo(gap);
  }

  @Test
  void a_trigger_that_another_node_makes_at_the_same_moment_is_there_once() throws Exception {
    nightly();
    storeNext(Instant.parse("2027-03-29T00:30:00Z"));

    at("2027-03-27T12:00:00Z", outrun(scheduler())).align();

    assertThat(next()).isEqualTo(Instant.parse("2027-03-28T01:00:00Z"));
  }

  /** Another node stores the same as we do, a moment before. */
  private static Scheduler outrun(Scheduler quartz) {
    return (Scheduler)
        Proxy.newProxyInstance(
            ScheduleTriggersTest.class.getClassLoader(),
            new Class<?>[] {Scheduler.class},
            (proxy, method, arguments) -> {
              try {
                if (method.getName().equals("scheduleJobs")) {
                  method.invoke(quartz, arguments);
                }
                return method.invoke(quartz, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void a_trigger_that_is_gone_or_stuck_is_made_anew() throws Exception {
    nightly();
    Instant stored = next();
    ScheduleTriggers triggers = at(stored.minusSeconds(60).toString(), scheduler());

    product.jdbc().update("update qrtz_triggers set trigger_state = 'ERROR'");
    triggers.align();
    assertThat(
            product.jdbc().queryForObject("select trigger_state from qrtz_triggers", String.class))
        .isEqualTo("WAITING");
    assertThat(next()).isEqualTo(stored);

    scheduler().unscheduleJob(new TriggerKey(NIGHTLY, "backup"));
    triggers.align();
    assertThat(next()).isEqualTo(stored);
  }

  @Test
  void a_clock_that_is_behind_that_of_another_node_has_nothing_fire_a_second_time()
      throws Exception {
    product.site("shop", NOWHERE, "schedule: \"0 0 * * * ?\"", "zone: UTC");
    start();
    Instant fired = Instant.parse("2027-03-27T13:00:00Z");
    Instant next = fired.plus(Duration.ofHours(1));
    storeNext(next);
    Site shop = product.service().configuration().sites().get("shop");
    product
        .service()
        .beans()
        .requests()
        .accept(product.service().beans().reader().scheduled(shop, fired));

    at("2027-03-27T12:30:00Z", scheduler()).align();

    assertThat(next()).isEqualTo(next);
  }

  @Test
  void a_schedule_that_a_wrong_clock_has_put_off_fires_at_its_time() throws Exception {
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

  @Test
  void a_repeated_fire_writes_one_row_a_site() throws Exception {
    Instant fire = Instant.parse("2026-11-29T01:30:00Z");
    product.yaml("limits: {spread: 30m}\n");
    IntStream.range(0, 50)
        .forEach(
            i ->
                product.site(
                    "s" + i, NOWHERE, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Berlin"));
    nightly();
    product.jdbc().update("update scheduled_site set since = since - interval '400' day");
    product.service().context().getRouteController().stopRoute("backup-claim");

    List<Run> first = fire(fire);
    // a misfire is a fire of now
    List<Run> again = fire(fire.plusSeconds(3600));

    assertThat(first).hasSize(51).extracting(Run::id).allMatch(id -> id.endsWith("@" + fire));
    assertThat(again).extracting(Run::id).isEqualTo(first.stream().map(Run::id).toList());
    for (Run run : first) {
      Site site = product.service().configuration().sites().get(run.site());
      assertThat(run.request().dueAt())
          .isEqualTo(
              fire.plus(product.service().beans().schedules().offset(site, fire))
                  .truncatedTo(ChronoUnit.MILLIS));
      assertThat(run.request().id()).isEqualTo(run.id());
      assertThat(run.request().trigger()).isEqualTo("schedule");
    }
  }

  private List<Run> fire(Instant at) {
    product
        .service()
        .context()
        .createProducerTemplate()
        .requestBody("direct:backup-schedule", new ScheduleFire(NIGHTLY, at));
    return product.jdbc().queryForList("select id from run order by id", String.class).stream()
        .flatMap(id -> product.service().beans().runs().find(id).stream())
        .toList();
  }

  @Test
  void sites_begin_while_the_rows_of_others_are_written_and_what_is_there_is_not_written_again()
      throws Exception {
    Instant fire = Instant.parse("2026-11-29T01:30:00Z");
    product.yaml("limits: {spread: 0s}\n");
    IntStream.range(0, 250)
        .forEach(
            i ->
                product.site(
                    "s" + i, NOWHERE, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Berlin"));
    nightly();
    product.jdbc().update("update scheduled_site set since = since - interval '400' day");
    product.service().context().getRouteController().stopRoute("backup-claim");
    RequestReader reader = product.service().beans().reader();
    // by a process that was killed after it
    product
        .service()
        .beans()
        .requests()
        .acceptAll(
            product.service().configuration().sites().values().stream()
                .limit(120)
                .map(site -> reader.scheduled(site, fire))
                .toList());

    CompletableFuture<List<Run>> fired;
    try (Connection other = product.database().dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("insert into latch (name) values ('site shop')");
      fired = CompletableFuture.supplyAsync(() -> fire(fire));
      await().atMost(RunningProduct.PATIENCE).until(() -> product.database().count("run") == 200);
      assertThat(fired).isNotDone();
      other.rollback();
      other.setAutoCommit(true);
    }

    assertThat(fired.get(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasSize(251)
        .extracting(Run::id)
        .allMatch(id -> id.endsWith("@" + fire));
  }

  @Test
  void a_crash_while_rows_are_written_loses_no_fire_time() throws Exception {
    Instant fire = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    ZonedDateTime utc = fire.atZone(ZoneOffset.UTC);
    String cron = "%d %d %d * * ?".formatted(utc.getSecond(), utc.getMinute(), utc.getHour());
    for (String name : List.of("shop", "blog")) {
      SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(1);
      product.site(name, site.url(), "zone: UTC", "schedule: \"" + cron + "\"");
    }
    product.yaml("limits: {perHost: 2, spread: 0s}\n").durable().start().stop();
    try (var database = io.github.camelakeeba.store.Database.file(folder.resolve("data"), 2)) {
      database.jdbc().update("update scheduled_site set since = since - interval '5' minute");
      // as Quartz leaves it: the next fire time is stored before the job begins
      database
          .jdbc()
          .update(
              """
              insert into qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group,
                instance_name, fired_time, sched_time, priority, state, job_name, job_group,
                is_nonconcurrent, requests_recovery)
              select sched_name, 'died', trigger_name, trigger_group, 'camel-akeeba-backup', ?, ?,
                priority, 'EXECUTING', job_name, job_group, false, true
              from qrtz_triggers""",
              fire.toEpochMilli(),
              fire.toEpochMilli());
    }

    product.start();

    for (String name : List.of("shop", "blog")) {
      assertThat(product.outcome(name + "@" + fire).data().state()).isEqualTo("completed");
    }
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.database().count("qrtz_fired_triggers") == 0);
    assertThat(product.database().count("run")).isEqualTo(2);
  }
}
