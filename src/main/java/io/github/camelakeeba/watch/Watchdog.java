package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.inspection.AwaitedInspections;
import io.github.camelakeeba.inspection.InspectionStore;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.pause.SitePauses;
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
import java.util.stream.Collectors;
import org.apache.camel.Body;

/** Which sites have no good backup for too long, and what lasts. */
public final class Watchdog {
  private final Configuration configuration;
  private final OverdueSites overdueSites;
  private final Database database;
  private final SiteHealthStore healthStore;
  private final SitePauses pauses;
  private final Outbox outbox;
  private final BackupEventFactory events;
  private final NotificationRouter recipients;
  private final RunQueries runs;
  private final CatchUpRuns catchUp;
  private final AwaitedInspections inspections;
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
    this.database = database;
    this.healthStore = new SiteHealthStore(database);
    this.pauses = new SitePauses(database, clock);
    this.overdueSites = new OverdueSites(configuration, schedules, healthStore, pauses, clock);
    this.outbox = outbox;
    this.events = events;
    this.recipients = recipients;
    this.runs = new RunQueries(database);
    this.inspections = new AwaitedInspections(configuration, new InspectionStore(database), clock);
    this.catchUp = new CatchUpRuns(schedules, database, new SteadyClock(clock));
    this.clock = clock;
  }

  /** At the start: every enabled site is watched, and no other. */
  public void start() {
    watch(configuration);
  }

  /** From now on every site that is enabled there is watched, and no other; a new one anew. */
  public void watch(Configuration next) {
    Set<String> enabled =
        next.sites().values().stream()
            .filter(Site::enabled)
            .map(Site::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    database
        .transaction()
        .executeWithoutResult(status -> healthStore.setWatched(enabled, clock.instant()));
  }

  /** The overdue sites that are not reported yet. */
  public List<SiteHealth> overdue() {
    catchUp.begin();
    List<SiteHealth> overdue = overdueSites.unreported();
    inspections.retain(overdue.stream().map(SiteHealth::site).collect(Collectors.toSet()));
    List<SiteHealth> told =
        overdue.stream()
            .filter(health -> !isCatchingUp(health) && !inspections.pending(health.site()))
            .toList();
    lastCheck = clock.instant();
    return told;
  }

  private boolean isCatchingUp(SiteHealth health) {
    Site site = configuration.sites().get(health.site());
    return site != null && catchUp.pending(site, health);
  }

  Instant lastCheckAt() {
    return lastCheck;
  }

  /**
   * Records the report and puts its event on its way; joins the transaction. False when another
   * node did, or the site has a good backup since, or is paused.
   */
  public boolean reportMissed(@Body SiteHealth overdue) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Site site = configuration.sites().get(overdue.site());
    SiteHealth health = inspections.explained(overdue);
    boolean first =
        site != null && overdueSites.isOverdue(health) && healthStore.markMissed(health, now);
    if (first) {
      Event event = events.missed(site, health, now);
      outbox.enqueueEntry(new OutboxEntry(event, recipients.recipients(event, null)));
    }
    return first;
  }

  /** Whoever has paused a site need not be reminded of it before it is over. */
  public List<SiteHealth> dueReminders() {
    if (configuration.rules().stream().allMatch(rule -> rule.remind() == null)) {
      return List.of();
    }
    Set<String> paused = pauses.current().keySet();
    return healthStore.watched().stream()
        .filter(health -> !paused.contains(health.site()))
        .filter(health -> configuration.sites().containsKey(health.site()))
        .filter(health -> health.isUnhealthy() && rules(health).stream().anyMatch(due(health)))
        .toList();
  }

  private List<NotificationRule> rules(SiteHealth health) {
    List<NotificationRule> rules = new ArrayList<>();
    if (health.missedAt() != null) {
      rules.addAll(recipients.rulesFor(health.site(), "missed"));
    }
    if (health.failures() > 0) {
      rules.addAll(recipients.rulesFor(health.site(), "failed"));
    }
    return rules;
  }

  /** Due when a multiple of {@code remind} since the last event of the rule has no reminder yet. */
  private Predicate<NotificationRule> due(SiteHealth health) {
    Instant now = clock.instant();
    return rule -> {
      Instant anchor = anchor(rule, health);
      return rule.remind() != null
          && anchor != null
          && Duration.between(anchor, now).dividedBy(rule.remind())
              > Duration.between(anchor, later(anchor, health.remindedAt()))
                  .dividedBy(rule.remind());
    };
  }

  /** The last event that the rule reported; failures that it ignores put off no reminder. */
  private static Instant anchor(NotificationRule rule, SiteHealth health) {
    boolean missed = health.missedAt() != null && rule.on().contains("missed");
    boolean failed = health.failures() >= rule.after() && rule.on().contains("failed");
    boolean some = missed && !rule.kinds().isEmpty();
    return missed
        ? failed && !some ? later(health.missedAt(), health.failedAt()) : health.missedAt()
        : failed ? health.failedAt() : null;
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other != null && other.isAfter(one) ? other : one;
  }

  /** Repeats the event: as missed for rules on missed, else as failed. */
  public void sendReminder(@Body SiteHealth health) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Predicate<NotificationRule> due = due(health);
    List<OutboxEntry> entries = new ArrayList<>();
    Site site = configuration.sites().get(health.site());
    if (site == null) {
      return; // taken out since
    }
    boolean missed = health.missedAt() != null;
    if (missed) {
      Event event = events.missed(site, health, now);
      entries.add(reminder(event, due, now));
    }
    if (health.failures() > 0) {
      runs.outcome(health.failedRun())
          .map(
              event ->
                  reminder(event, due.and(rule -> !missed || !rule.on().contains("missed")), now))
          .ifPresent(entries::add);
    }
    database
        .transaction()
        .executeWithoutResult(
            status -> {
              if (healthStore.markReminded(health, now)) {
                entries.forEach(outbox::enqueueEntry);
              }
            });
  }

  private OutboxEntry reminder(Event event, Predicate<NotificationRule> due, Instant now) {
    Event again = event.asReminder(now);
    return new OutboxEntry(again, recipients.reminderRecipients(again, due, now));
  }
}
