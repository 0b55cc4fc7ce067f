package io.github.camelakeeba.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.pause.PauseRequests;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.store.HistoryPurge;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a site is paused nothing is missed; when it is over, not at once either. */
class PausedSitesTest {
  /** A Monday; the nightly schedule fires at 02:30 of each day. */
  private static final Instant GOOD = Instant.parse("2026-11-23T02:35:00Z");

  @TempDir Path folder;

  private final Database database = CopiedStore.memory("paused-" + UUID.randomUUID(), 2);
  private Configuration configuration;

  @BeforeEach
  void configure() throws IOException {
    sites("overdueAfter: 26h");
  }

  private void sites(String more) throws IOException {
    Path file = folder.resolve("sites.yaml");
    Files.writeString(
        file,
        """
        sites:
          shop: {url: "https://shop.example.com/remote.php", secret: a-long-secret-1, schedule: "0 30 2 * * ?", %s}
        defaults: {zone: UTC}
        channels: {hook: {type: webhook, url: "https://hook.example.com/"}}
        notify: [{on: [missed], to: hook, remind: 24h}]
        """
            .formatted(more));
    configuration = new SitesLoader().load(file, UnaryOperator.identity());
    watchdog(at(GOOD)).start();
    good(GOOD);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private void good(Instant when) {
    database
        .jdbc()
        .update("update standing set last_good_at = ?, missed_at = null", SqlTime.of(when));
  }

  private void pause(String since, String until) {
    requests(since).pause("shop", until, "server move", "api");
  }

  private void resume(String when) {
    requests(when).resume("shop", "api");
  }

  private PauseRequests requests(String now) {
    Clock clock = at(Instant.parse(now));
    return new PauseRequests(configuration.sites(), new SitePauses(database, clock), clock);
  }

  private Watchdog watchdog(Clock clock) {
    EventSource source = EventSource.of("urn:example:backup");
    Outbox outbox =
        new Outbox(
            database,
            "a",
            clock,
            configuration.channels(),
            Duration.ofHours(24),
            Duration.ZERO,
            source,
            (channel, well) -> {},
            Timings.SHIPPED);
    return new Watchdog(
        configuration,
        new ScheduleCalculator(configuration),
        database,
        outbox,
        new BackupEventFactory(configuration.sites(), "web7", source, false, clock),
        new NotificationRouter(configuration),
        clock);
  }

  private OverdueSites overdueSites(String now) {
    Clock clock = at(Instant.parse(now));
    return new OverdueSites(
        configuration,
        new ScheduleCalculator(configuration),
        new SiteHealthStore(database),
        new SitePauses(database, clock),
        clock);
  }

  /** What is told at this time, by the ids of events, with what was told before. */
  private List<String> toldAt(String time) {
    Watchdog watchdog = watchdog(at(Instant.parse(time)));
    // not the watchdog's own look: it has just begun, and leaves a missed fire time to come
    for (SiteHealth overdue : overdueSites(time).unreported()) {
      watchdog.reportMissed(overdue);
    }
    watchdog.dueReminders().forEach(watchdog::sendReminder);
    return database
        .jdbc()
        .queryForList("select event_id from outbox order by id", String.class)
        .stream()
        .map(id -> id.replaceFirst("^shop/missed/[^/]*", "missed").replaceFirst("-2026.*", ""))
        .toList();
  }

  private Instant dueAt(String now) {
    return overdueSites(now)
        .dueAt(
            new SiteHealthStore(database).watched().get(0),
            new SitePauses(database, at(Instant.parse(now))).sinceLastGood("shop"));
  }

  @Test
  @Tag("fault")
  void the_time_of_a_pause_does_not_count_and_no_alarm_follows_its_end() {
    pause("2026-11-23T12:00:00Z", null);
    assertThat(dueAt("2026-11-24T12:00:00Z")).isNull();
    assertThat(toldAt("2026-12-24T12:00:00Z")).isEmpty();
    resume("2026-12-24T12:00:00Z");
    assertThat(toldAt("2026-12-24T12:00:01Z")).isEmpty();
    // 2 h 5 min after the first fire, as it would have been on the day after the good one
    assertThat(dueAt("2026-12-24T12:00:01Z")).isEqualTo("2026-12-25T04:35:00Z");
    assertThat(toldAt("2026-12-25T04:34:59Z")).isEmpty();
    assertThat(toldAt("2026-12-25T04:35:00Z")).containsExactly("missed");
    assertThat(toldAt("2026-12-25T04:36:00Z")).containsExactly("missed");
  }

  @Test
  @Tag("fault")
  void a_pause_that_skipped_fires_gives_the_first_fire_after_it_its_time() {
    // two hours and a half were left of the 26 hours, and the next fire is 14 hours away
    pause("2026-11-24T02:00:00Z", "2026-11-30T12:00:00Z");
    assertThat(dueAt("2026-11-25T00:00:00Z")).isEqualTo("2026-12-01T04:35:00Z");
    assertThat(toldAt("2026-12-01T02:30:00Z")).isEmpty();
    assertThat(toldAt("2026-12-01T04:35:00Z")).containsExactly("missed");
  }

  @Test
  void a_pause_that_skipped_no_fire_adds_its_own_length() {
    pause("2026-11-23T10:00:00Z", null);
    resume("2026-11-23T11:30:00Z");
    assertThat(dueAt("2026-11-23T12:00:00Z")).isEqualTo("2026-11-24T06:05:00Z");
  }

  @Test
  void several_pauses_add_up_and_those_before_the_last_good_backup_do_not() {
    pause("2026-11-23T03:00:00Z", "2026-11-23T04:00:00Z");
    pause("2026-11-23T05:00:00Z", null);
    resume("2026-11-23T05:30:00Z");
    assertThat(dueAt("2026-11-23T06:00:00Z")).isEqualTo("2026-11-24T06:05:00Z");
    good(Instant.parse("2026-11-23T07:00:00Z"));
    assertThat(dueAt("2026-11-23T08:00:00Z")).isEqualTo("2026-11-24T09:00:00Z");
  }

  @Test
  void a_good_backup_within_a_pause_counts_from_its_end() {
    pause("2026-11-23T12:00:00Z", "2026-11-23T20:00:00Z");
    good(Instant.parse("2026-11-23T14:00:00Z"));
    assertThat(dueAt("2026-11-23T15:00:00Z")).isEqualTo("2026-11-24T22:00:00Z");
  }

  @Test
  void without_overdueAfter_the_gaps_of_the_schedule_are_counted_without_pauses() throws Exception {
    sites("profile: 1");
    pause("2026-11-24T12:00:00Z", "2026-11-30T12:00:00Z");
    // due within five minutes of the first skipped fire, and so of the first one after the pause
    assertThat(dueAt("2026-11-24T13:00:00Z")).isEqualTo("2026-12-01T02:35:00Z");
  }

  @Test
  @Tag("fault")
  void one_that_is_missed_when_it_is_paused_stays_reported_and_is_told_once() {
    assertThat(toldAt("2026-11-24T05:00:00Z")).containsExactly("missed");
    pause("2026-11-24T06:00:00Z", "2026-11-27T00:00:00Z");
    assertThat(overdueSites("2026-11-25T06:00:00Z").summary().overdue()).containsExactly("shop");
    // nobody is reminded of it before the pause is over
    assertThat(toldAt("2026-11-26T12:00:00Z")).containsExactly("missed");
    assertThat(toldAt("2026-11-27T00:00:00Z")).containsExactly("missed", "missed/reminder");
    assertThat(overdueSites("2026-11-27T00:00:00Z").summary().overdue()).containsExactly("shop");
  }

  @Test
  @Tag("fault")
  void one_that_another_node_pauses_between_look_and_report_is_not_reported() {
    String now = "2026-11-24T05:00:00Z";
    List<SiteHealth> overdue = overdueSites(now).unreported();
    assertThat(overdue).hasSize(1);
    pause("2026-11-23T05:00:00Z", null);
    assertThat(watchdog(at(Instant.parse(now))).reportMissed(overdue.get(0))).isFalse();
  }

  @Test
  void a_pause_by_a_clock_that_was_ahead_has_begun_all_the_same() {
    pause("2026-11-25T00:00:00Z", null);
    Instant now = Instant.parse("2026-11-24T08:00:00Z");
    SitePauses pauses = new SitePauses(database, at(now));
    assertThat(pauses.current("shop").lastsAt(now)).isTrue();
    assertThat(pauses.pausedAt(now)).containsExactly("shop");
    assertThat(pauses.resume("shop")).isTrue();
    assertThat(pauses.since(Instant.EPOCH)).isEmpty();
  }

  @Test
  void a_pause_since_the_last_good_backup_counts_however_short_the_history_is() throws IOException {
    sites("overdueAfter: 60d");
    pause("2026-11-24T05:00:00Z", "2026-12-14T05:00:00Z");
    String now = "2027-02-01T05:00:00Z"; // 70 days, of which 20 do not count
    assertThat(overdueSites(now).unreported()).isEmpty();

    new HistoryPurge(database, Duration.ofDays(30), at(Instant.parse(now))).purgeAll();

    assertThat(overdueSites(now).unreported()).isEmpty();
  }
}
