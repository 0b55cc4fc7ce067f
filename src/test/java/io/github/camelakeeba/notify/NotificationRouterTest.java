package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.QuietHours;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotificationRouterTest {
  private static final Instant NOW = SampleBackup.START;

  @Test
  void every_matching_rule_applies_in_the_order_of_the_file() {
    NotificationRouter recipients =
        recipients(
            rule(Set.of("failed"), List.of(), List.of("ops", "chat")),
            rule(Set.of("completed", "failed"), List.of("shop"), List.of("ping")),
            rule(Set.of("started", "failed"), List.of(), List.of("bus")));
    assertThat(recipients.channelsFor("shop", "failed"))
        .containsExactly("ops", "chat", "ping", "bus");
    assertThat(recipients.channelsFor("shop", "completed")).containsExactly("ping");
    assertThat(recipients.channelsFor("shop", "started")).containsExactly("bus");
  }

  @Test
  void a_channel_gets_an_event_once_however_many_rules_name_it() {
    NotificationRouter recipients =
        recipients(
            rule(Set.of("failed"), List.of(), List.of("ops", "ops")),
            rule(Set.of("failed"), List.of("shop"), List.of("chat", "ops")));
    assertThat(recipients.channelsFor("shop", "failed")).containsExactly("ops", "chat");
  }

  @Test
  void a_rule_for_another_site_or_state_tells_nobody() {
    NotificationRouter recipients =
        recipients(
            rule(Set.of("failed"), List.of("blog"), List.of("ops")),
            rule(Set.of("warning"), List.of(), List.of("ops")));
    assertThat(recipients.channelsFor("shop", "failed")).isEmpty();
  }

  @Test
  void sites_are_named_by_patterns_and_tags_and_left_out_by_except() {
    NotificationRouter recipients =
        recipients(
            rule("failed", List.of("sh*"), List.of(), List.of(), "pattern"),
            rule("failed", List.of("?hop"), List.of("s*"), List.of(), "except"),
            rule("failed", List.of(), List.of(), List.of("customers"), "tagged"),
            rule("failed", List.of(), List.of(), List.of("other"), "untagged"),
            rule("failed", List.of("s?op", "blog"), List.of("b*"), List.of(), "both"));
    assertThat(recipients.channelsFor("shop", "failed"))
        .containsExactly("pattern", "tagged", "both");
  }

  @Test
  void kinds_restrict_failures_only() {
    NotificationRule rule =
        new NotificationRule(
            Set.of("failed", "completed"),
            List.of(),
            List.of(),
            List.of(),
            Set.of("unreachable"),
            List.of("hook"),
            1,
            null,
            null,
            null);
    assertThat(recipients(rule).recipientsOf(SampleBackup.failed("no"), false, NOW)).isEmpty();
    assertThat(recipients(rule).recipientsOf(SampleBackup.completed(), false, NOW)).hasSize(1);
  }

  @Test
  void after_holds_back_the_first_failures_and_the_recovery_of_those() {
    NotificationRouter recipients = recipients(rule(Set.of("failed", "recovered"), 3, null, null));
    for (int failures = 1; failures <= 4; failures++) {
      Event failed = SampleBackup.failed("no").withSiteHealth(null, null, failures);
      assertThat(recipients.recipientsOf(failed, false, NOW)).hasSize(failures < 3 ? 0 : 1);
      assertThat(recipients.recipientsOf(recovered(failures), false, NOW))
          .hasSize(failures < 3 ? 0 : 1);
    }
    assertThat(recipients.recipientsOf(recovered(0), true, NOW)).hasSize(1);
  }

  @Test
  void a_digest_is_due_when_its_window_closes_and_a_window_has_the_length_for_a_name() {
    Duration day = Duration.ofHours(24);
    assertThat(
            recipients(rule(Set.of("failed"), 1, day, null))
                .recipientsOf(SampleBackup.failed("no"), false, NOW))
        .containsExactly(new Recipient("hook", "digest 1d", NOW.plus(day)));
  }

  @Test
  void of_two_rules_the_one_that_tells_sooner_counts() {
    NotificationRouter recipients =
        recipients(
            rule(Set.of("completed"), 1, Duration.ofHours(24), null),
            rule(Set.of("completed"), 1, Duration.ofHours(1), null),
            rule(Set.of("completed"), 1, Duration.ofHours(6), null));
    assertThat(recipients.recipientsOf(SampleBackup.completed(), false, NOW))
        .containsExactly(new Recipient("hook", "digest 1h", NOW.plusSeconds(3600)));

    NotificationRouter at_once =
        recipients(
            rule(Set.of("completed"), 1, Duration.ofHours(24), null),
            rule(Set.of("completed"), 1, null, null));
    assertThat(at_once.recipientsOf(SampleBackup.completed(), false, NOW))
        .containsExactly(new Recipient("hook", null, NOW));
  }

  @Test
  void what_is_not_urgent_waits_for_the_end_of_quiet_hours_in_the_zone_of_the_site() {
    // 00:30 UTC is 02:30 in Athens, where the shop is
    QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0));
    NotificationRouter recipients = recipients(rule(Set.of("completed", "failed"), 1, null, night));
    assertThat(recipients.recipientsOf(SampleBackup.completed(), false, NOW))
        .containsExactly(new Recipient("hook", "quiet", Instant.parse("2026-11-22T05:00:00Z")));
    assertThat(recipients.recipientsOf(SampleBackup.failed("no"), false, NOW))
        .containsExactly(new Recipient("hook", null, NOW));
    assertThat(recipients.recipientsOf(SampleBackup.completed(), false, NOW.plusSeconds(6 * 3600)))
        .extracting(Recipient::window)
        .containsOnlyNulls();
  }

  @Test
  void failures_gather_for_people_and_not_for_machines() {
    NotificationRule both =
        new NotificationRule(
            Set.of("failed", "completed"),
            List.of(),
            List.of(),
            List.of(),
            Set.of(),
            List.of("ops", "hook"),
            1,
            null,
            null,
            null);
    assertThat(recipients(both).recipientsOf(SampleBackup.failed("no"), false, NOW))
        .containsExactly(new Recipient("ops", "gather", NOW), new Recipient("hook", null, NOW));
    assertThat(recipients(both).recipientsOf(SampleBackup.completed(), false, NOW))
        .containsExactly(new Recipient("ops", null, NOW), new Recipient("hook", null, NOW));
  }

  private static Event recovered(int failures) {
    SiteHealth before =
        new SiteHealth("shop", NOW, null, null, failures, NOW, "run", null, null, null, null);
    return new BackupEventFactory(
            SampleBackup.sites(),
            "web7",
            EventSource.of("urn:example:backup"),
            false,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .recovered(
            SampleBackup.run(RunState.COMPLETED, RunWarnings.NONE, null), before, List.of(), null);
  }

  private static NotificationRouter recipients(NotificationRule... rules) {
    return new NotificationRouter(
        new Configuration(
            Map.of("shop", SampleBackup.site("customers")),
            new Limits(50, 1, Duration.ofMinutes(30)),
            Duration.ofDays(400),
            SampleBackup.channels(SampleBackup.mail("smtp://mail.example.com:25", null, null)),
            List.of(rules),
            List.of(),
            null,
            List.of(),
            List.of()));
  }

  private static NotificationRule rule(Set<String> on, List<String> sites, List<String> to) {
    return new NotificationRule(on, sites, List.of(), List.of(), Set.of(), to, 1, null, null, null);
  }

  private static NotificationRule rule(
      String on, List<String> sites, List<String> except, List<String> tags, String to) {
    return new NotificationRule(
        Set.of(on), sites, except, tags, Set.of(), List.of(to), 1, null, null, null);
  }

  private static NotificationRule rule(
      Set<String> on, int after, Duration digest, QuietHours quiet) {
    return new NotificationRule(
        on, List.of(), List.of(), List.of(), Set.of(), List.of("hook"), after, null, digest, quiet);
  }
}
