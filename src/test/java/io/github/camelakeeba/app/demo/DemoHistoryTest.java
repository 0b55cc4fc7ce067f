package io.github.camelakeeba.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.SiteDay;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteDays;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoHistoryTest {
  @TempDir static Path folder;

  private static SimulatedServer server;
  private static Database database;
  private static Configuration configuration;

  @BeforeAll
  static void write_a_past() throws Exception {
    server = SimulatedServer.start();
    DemoSites sites = new DemoSites(server, false);
    Path file = Files.writeString(folder.resolve("sites.yaml"), sites.yaml(25, LocalTime.NOON));
    configuration = new SitesLoader().load(file, text -> text);
    database = new SampleStore().open("h2", 4);
    sites.writePast(configuration, database);
  }

  @AfterAll
  static void close() {
    database.close();
    server.close();
  }

  private static List<SiteDay> days(String site) {
    return new SiteDays(database).since(LocalDate.EPOCH, List.of(site));
  }

  private static long count(String what) {
    return database.count(what);
  }

  @Test
  void each_site_has_its_days_and_its_archive_grows() {
    for (DemoSite site : DemoSite.all(false)) {
      List<SiteDay> days = days(site.name());
      assertThat(days.size())
          .as("days of %s", site.name())
          .isBetween(site.days() * 5 / 7 - 2, site.days());
      List<Long> sizes = days.stream().map(SiteDay::size).filter(size -> size != null).toList();
      if (site.days() > 100) {
        assertThat(sizes.get(0)).isLessThan(sizes.get(sizes.size() - 1));
      }
    }
    assertThat(days("charity")).hasSize(12).extracting(SiteDay::worst).containsOnly("completed");
    assertThat(days("museum"))
        .extracting(SiteDay::worst)
        .endsWith("completed", "failed", "missed", "failed", "failed");
    assertThat(days("blog")).extracting(SiteDay::worst).endsWith("warning", "warning");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T12:00:30Z, 2026-11-30T07:00Z",
    "2026-11-30T04:29:00Z, 2026-11-29T23:29Z",
    "2026-11-30T04:51:00Z, 2026-11-29T23:30Z",
    "2026-11-30T05:00:00Z, 2026-11-30T00:00Z"
  })
  void no_backup_of_the_past_ends_on_the_day_after(ZonedDateTime now, ZonedDateTime night) {
    assertThat(DemoSites.night(now)).isEqualTo(night);
  }

  @Test
  void sites_stand_as_their_last_days_say() {
    assertThat(count("standing where watched")).isEqualTo(8);
    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select site || failures from standing where failures > 0 order by site",
                    String.class))
        .containsExactly("forum1", "museum3");
    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select site from standing where missed_at is not null", String.class))
        .containsExactly("museum");
  }

  @Test
  void runs_of_the_last_days_are_there_with_their_outcomes_and_nobody_is_told_of_them() {
    RunQueries runs = new RunQueries(database);
    assertThat(count("run where site = 'shop'")).isEqualTo(29);
    assertThat(count("run where state in ('queued', 'running') or active_site is not null"))
        .isZero();
    String newest = runs.newest("forum").orElseThrow().id();
    Event outcome = runs.outcome(newest).orElseThrow();
    assertThat(outcome.data().state()).isEqualTo("failed");
    assertThat(outcome.data().error().message()).contains("The disk is full");
    assertThat(outcome.data().description()).doesNotContain("{");
    assertThat(count("outbox")).isZero();
    assertThat(count("node")).isZero();
  }

  /** Else the next backup of a site would be called shrunk. */
  @Test
  void the_last_archive_is_as_large_as_the_next_one() {
    for (DemoSite site : DemoSite.all(false)) {
      assertThat(site.sizeOn(0)).isEqualTo(site.size());
    }
  }
}
