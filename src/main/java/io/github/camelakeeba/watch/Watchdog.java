package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Body;

/** Which sites have no good backup for too long, and what lasts. */
public final class Watchdog {
  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final Database database;
  private final SiteHealthStore standings;
  private final Outbox outbox;
  private final BackupEventFactory events;
  private final NotificationRouter recipients;
  private final RunQueries runs;
  private final CatchUpRuns catchUp;
  private final Clock clock;
  private volatile Instant lastCheck;

  public Watchdog(
      Configuration configuration,
      ScheduleCalculator schedules,
      Database database,
      Outbox outbox,
      BackupEventFactory events,
      NotificationRouter recipients,
      Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.database = database;
    this.standings = new SiteHealthStore(database);
    this.outbox = outbox;
    this.events = events;
    this.recipients = recipients;
    this.runs = new RunQueries(database);
    this.catchUp = new CatchUpRuns(schedules, database, new SteadyClock(clock));
    this.clock = clock;
  }

  /** At the start: every enabled site is watched, and no other. */
  public void start() {
    Set<String> enabled = new LinkedHashSet<>();
    configuration.sites().values().stream()
        .filter(Site::enabled)
        .forEach(site -> enabled.add(site.name()));
    database
        .transaction()
        .executeWithoutResult(status -> standings.setWatched(enabled, clock.instant()));
  }

  /** The sites that fell due and are not told yet. */
  public List<SiteHealth> overdue() {
    catchUp.begin();
    List<SiteHealth> overdue =
        standings.watched().stream()
            .filter(standing -> standing.missedAt() == null && overdue(standing))
            .filter(
                standing -> !catchUp.pending(configuration.sites().get(standing.site()), standing))
            .toList();
    lastCheck = clock.instant();
    return overdue;
  }

  /** When it has looked at all sites last, or null. */
  Instant lastCheckAt() {
    return lastCheck;
  }

  private boolean overdue(SiteHealth standing) {
    Site site = configuration.sites().get(standing.site());
    Duration after = site == null ? null : schedules.overdueAfter(site, clock.instant());
    return after != null && !standing.since().plus(after).isAfter(clock.instant());
  }

  /**
   * The event of a site whose good backup is missed, which is noted; null when another node has
   * noted it, or the site has a good backup since.
   */
  public Event reportMissed(@Body SiteHealth standing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return standings.markMissed(standing, now)
        ? events.missed(configuration.sites().get(standing.site()), standing, now)
        : null;
  }

  /** The sites that fail or are overdue, and of which a rule wants to be reminded now. */
  public List<SiteHealth> dueReminders() {
    boolean nobody = configuration.rules().stream().allMatch(rule -> rule.remind() == null);
    return nobody
        ? List.of()
        : standings.watched().stream()
            .filter(standing -> configuration.sites().containsKey(standing.site()))
            .filter(
                standing ->
                    standing.isUnhealthy() && rules(standing).stream().anyMatch(due(standing)))
            .toList();
  }

  private List<NotificationRule> rules(SiteHealth standing) {
    List<NotificationRule> rules = new ArrayList<>();
    if (standing.missedAt() != null) {
      rules.addAll(recipients.rulesFor(standing.site(), "missed"));
    }
    if (standing.failures() > 0) {
      rules.addAll(recipients.rulesFor(standing.site(), "failed"));
    }
    return rules;
  }

  /** A rule's time has come when a multiple of it since its last event has not been told yet. */
  private Predicate<NotificationRule> due(SiteHealth standing) {
    Instant now = clock.instant();
    return rule -> {
      Instant anchor = anchor(rule, standing);
      return rule.remind() != null
          && anchor != null
          && Duration.between(anchor, now).dividedBy(rule.remind())
              > Duration.between(anchor, later(anchor, standing.remindedAt()))
                  .dividedBy(rule.remind());
    };
  }

  /** When the rule has told of it last: failures that it passes over put off no reminder. */
  private static Instant anchor(NotificationRule rule, SiteHealth standing) {
    boolean missed = standing.missedAt() != null && rule.on().contains("missed");
    boolean failed = standing.failures() >= rule.after() && rule.on().contains("failed");
    boolean some = missed && !rule.kinds().isEmpty();
    return missed
        ? failed && !some ? later(standing.missedAt(), standing.failedAt()) : standing.missedAt()
        : failed ? standing.failedAt() : null;
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other != null && other.isAfter(one) ? other : one;
  }

  /** Tells again what lasts: as missed where a rule speaks of that, else as failed. */
  public void sendReminder(@Body SiteHealth standing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Predicate<NotificationRule> due = due(standing);
    List<OutboxEntry> posts = new ArrayList<>();
    boolean missed = standing.missedAt() != null;
    if (missed) {
      Event event = events.missed(configuration.sites().get(standing.site()), standing, now);
      posts.add(reminder(event, due, now));
    }
    if (standing.failures() > 0) {
      runs.outcome(standing.failedRun())
          .map(
              event ->
                  reminder(event, due.and(rule -> !missed || !rule.on().contains("missed")), now))
          .ifPresent(posts::add);
    }
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              if (standings.markReminded(standing, now)) {
                posts.forEach(outbox::enqueueEntry);
              }
            });
  }

  private OutboxEntry reminder(Event event, Predicate<NotificationRule> due, Instant now) {
    Event again = event.asReminder(now);
    return new OutboxEntry(again, recipients.reminderRecipients(again, due, now));
  }
}
