package io.github.camelakeeba.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FiresOnTimeTest {
  private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");

  @TempDir Path folder;

  private static Instant soon() {
    return Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A daily schedule that fires at this instant. */
  private static String[] daily(Instant at) {
    ZonedDateTime local = at.atZone(KATHMANDU);
    return new String[] {
      "zone: " + KATHMANDU,
      "schedule: \"%d %d %d * * ?\""
          .formatted(local.getSecond(), local.getMinute(), local.getHour())
    };
  }

  private static Run newest(RunningProduct product, String site) {
    return await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.service().beans().runs().newest(site), run -> run.isPresent())
        .flatMap(run -> product.service().beans().runs().find(run.id()))
        .orElseThrow();
  }

  @Test
  void a_schedule_fires_at_its_time_in_its_zone() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      Instant at = soon();
      product.site("shop", shop.url(), daily(at)).schedules().durable().start();

      Run run = newest(product, "shop");

      assertThat(run.id()).isEqualTo("shop@" + at);
      assertThat(run.request().trigger()).isEqualTo("schedule");
      assertThat(run.request().dueAt()).isEqualTo(at); // a lone site is not moved
      assertThat(Duration.between(at, run.queuedAt()))
          .isBetween(Duration.ZERO, Duration.ofSeconds(2));
      assertThat(product.outcome(run.id()).data().state()).isEqualTo("completed");
    }
  }

  @Test
  void sites_due_at_the_same_instant_are_spread_always_in_the_same_way() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      Instant at = soon();
      for (String name : new String[] {"shop", "blog", "wiki"}) {
        SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(2);
        product.site(name, site.url(), daily(at));
      }
      product.yaml("limits: {spread: 30m}\n").schedules().durable().start();

      Instant shop = newest(product, "shop").request().dueAt();
      Instant blog = newest(product, "blog").request().dueAt();
      Instant wiki = newest(product, "wiki").request().dueAt();

      assertThat(new Instant[] {shop, blog, wiki})
          .doesNotHaveDuplicates()
          .allSatisfy(due -> assertThat(due).isBetween(at, at.plus(Duration.ofMinutes(30))));
      Site site = product.service().configuration().sites().get("blog");
      var again = product.service().beans().reader().scheduled(site, at).dueAt();
      assertThat(again.truncatedTo(ChronoUnit.MILLIS)).isEqualTo(blog);
    }
  }

  @Test
  void a_doubled_fire_gives_one_run() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      product.site("shop", shop.url(), "schedule: \"0 0 2 * * ?\"", "zone: UTC").start();
      var beans = product.service().beans();
      Site site = product.service().configuration().sites().get("shop");
      Instant fire = Instant.parse("2026-11-22T02:00:00Z");

      BackupRequest request = beans.reader().scheduled(site, fire);
      Run first = beans.requests().accept(request);
      Run second = beans.requests().accept(beans.reader().scheduled(site, fire));
      product.outcome(first.id());
      Run third = beans.requests().accept(beans.reader().scheduled(site, fire));

      assertThat(first.id()).isEqualTo("shop@2026-11-22T02:00:00Z");
      assertThat(second.id()).isEqualTo(first.id());
      assertThat(third.id()).isEqualTo(first.id());
      assertThat(shop.requests("startBackup")).hasSize(1);
    }
  }

  @Test
  void a_switched_off_site_does_not_fire() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2);
      SimulatedSite off = product.server().joomla("off").secret(RunningProduct.SECRET).steps(2);
      product
          .site("shop", shop.url(), "schedule: \"* * * * * ?\"")
          .site("off", off.url(), "schedule: \"* * * * * ?\"", "enabled: false")
          .yaml("limits: {perHost: 2}\n")
          .schedules()
          .start();

      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("startBackup").size() >= 2);
      assertThat(product.service().beans().runs().newest("off")).isEmpty();
      assertThat(off.requests()).isEmpty();
    }
  }

  @Test
  void fires_while_a_run_is_queued_join_it() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      CountDownLatch release = new CountDownLatch(1);
      SimulatedSite shop =
          product
              .server()
              .joomla("shop")
              .secret(RunningProduct.SECRET)
              .steps(2)
              .fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
      product.site("shop", shop.url(), "schedule: \"* * * * * ?\"").schedules().start();

      // one runs, one is queued, and the fires of three more seconds join the queued one
      Run running = newest(product, "shop");
      Instant third = running.queuedAt().plusSeconds(4);
      await().atMost(RunningProduct.PATIENCE).until(() -> Instant.now().isAfter(third));
      assertThat(product.service().beans().runs().newest("shop").orElseThrow().id())
          .isEqualTo(running.id());
      int before = shop.requests("startBackup").size();
      product.stop();
      release.countDown();
      assertThat(before).isEqualTo(1);
    }
  }
}
