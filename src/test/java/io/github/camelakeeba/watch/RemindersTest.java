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
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.store.HistoryPurge;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lasts is told again when a rule says so, whatever else happens. */
class RemindersTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T00:30:00Z");

  @TempDir Path folder;

  private final Database database = CopiedStore.memory("reminders-" + UUID.randomUUID(), 2);
  private Configuration configuration;

  @BeforeEach
  void configure() throws IOException {
    Path file = folder.resolve("sites.yaml");
    Files.writeString(
        file,
        """
        sites:
          shop: {url: "https://shop.example.com/remote.php", secret: a-long-secret-1, overdueAfter: 2h}
        channels:
          hook: {type: webhook, url: "https://hook.example.com/"}
          all: {type: webhook, url: "https://all.example.com/"}
        notify:
          - {on: [missed], to: hook, remind: 24h}
          - {on: [failed, missed], to: all, remind: 24h}
        """);
    configuration = new SitesLoader().load(file, UnaryOperator.identity());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void tick(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Outbox outbox =
        new Outbox(
            database,
            "a",
            clock,
            configuration.channels(),
            Duration.ofHours(24),
            Duration.ZERO,
            EventSource.of("urn:example:backup"),
            (channel, well) -> {},
            Timings.SHIPPED);
    NotificationRouter recipients = new NotificationRouter(configuration);
    Watchdog watchdog =
        new Watchdog(
            configuration,
            new ScheduleCalculator(configuration),
            database,
            outbox,
            new BackupEventFactory(
                configuration.sites(), "web7", EventSource.of("urn:example:backup"), false, clock),
            recipients,
            clock);
    if (now.equals(BEGIN)) {
      watchdog.start();
    }
    for (SiteHealth overdue : watchdog.overdue()) {
      watchdog.reportMissed(overdue);
    }
    watchdog.dueReminders().forEach(watchdog::sendReminder);
  }

  private List<String> told(String channel) {
    return database
        .jdbc()
        .queryForList(
            "select event_id from outbox where channel = ? order by id", String.class, channel);
  }

  @Test
  void failures_that_a_rule_does_not_tell_of_put_off_no_reminder_of_it() {
    tick(BEGIN);
    Instant missed = BEGIN.plus(Duration.ofHours(2));
    tick(missed);
    for (int hour = 1; hour <= 48; hour++) {
      // it fails every hour
      Instant now = missed.plus(Duration.ofHours(hour));
      database
          .jdbc()
          .update(
              "update standing set failures = failures + 1, failed_at = ?, failed_run = 'gone'",
              SqlTime.of(now.minusSeconds(60)));
      tick(now);
    }
    String first = "shop/missed/2026-11-22T00:30:00Z";
    assertThat(told("hook"))
        .containsExactly(
            first,
            first + "/reminder-2026-11-23T02:30:00Z",
            first + "/reminder-2026-11-24T02:30:00Z");
    // this one hears of each failure
    assertThat(told("all")).containsExactly(first);
  }

  @Test
  void a_site_of_which_this_node_knows_nothing_keeps_it_from_no_other() {
    tick(BEGIN);
    database
        .jdbc()
        .update(
            "insert into standing (site, watched, entered_at, missed_at) values ('another', true, ?, ?)",
            SqlTime.of(BEGIN),
            SqlTime.of(BEGIN));
    tick(BEGIN.plus(Duration.ofHours(2)));
    tick(BEGIN.plus(Duration.ofHours(26)));
    assertThat(told("hook")).hasSize(2).allMatch(id -> id.startsWith("shop/missed/"));
  }

  @Test
  void a_site_that_was_entered_by_the_end_of_a_run_is_watched_all_the_same() {
    tick(BEGIN);
    database.jdbc().update("update standing set watched = false");
    tick(BEGIN);
    assertThat(database.jdbc().queryForObject("select watched from standing", Boolean.class))
        .isTrue();
  }

  @Test
  void the_run_of_which_people_are_reminded_is_not_forgotten() {
    for (String run : List.of("old", "kept")) {
      database
          .jdbc()
          .update(
              """
              insert into run (id, site, host, state, trigger_kind, profile, description, comment_text,
                overrides, due_at, queued_at, ended_at)
              values (?, 'shop', 'h', 'failed', 'api', 1, '', '', '{}', ?, ?, ?)
              """,
              run,
              SqlTime.of(BEGIN),
              SqlTime.of(BEGIN),
              SqlTime.of(BEGIN));
    }
    tick(BEGIN);
    database.jdbc().update("update standing set failures = 2, failed_run = 'kept'");
    new HistoryPurge(
            database,
            Duration.ofDays(10),
            Clock.fixed(BEGIN.plus(Duration.ofDays(11)), ZoneOffset.UTC))
        .purge();
    assertThat(database.jdbc().queryForList("select id from run", String.class))
        .containsExactly("kept");
  }
}
