package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.Events;
import io.github.camelakeeba.notify.Outbox;
import io.github.camelakeeba.notify.Post;
import io.github.camelakeeba.notify.Recipients;
import io.github.camelakeeba.notify.Standing;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Rule;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
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

/** The bean {@code watchdog}: which sites have no good backup for too long, and what lasts. */
public final class Watchdog {
  private final Configuration configuration;
  private final Schedules schedules;
  private final Database database;
  private final Standings standings;
  private final Outbox outbox;
  private final Events events;
  private final Recipients recipients;
  private final Runs runs;
  private final CatchUp catchUp;
  private final Clock clock;
  private volatile Instant looked;

  /** Over the sites of this configuration. */
  public Watchdog(
      Configuration configuration,
      Schedules schedules,
      Database database,
      Outbox outbox,
      Events events,
      Recipients recipients,
      Clock clock) {
    this.configuration = configuration;
    this.schedules = schedules;
    this.database = database;
    this.standings = new Standings(database);
    this.outbox = outbox;
    this.events = events;
    this.recipients = recipients;
    this.runs = new Runs(database);
    this.catchUp = new CatchUp(schedules, database, new SteadyClock(clock));
    this.clock = clock;
  }

  /** At the start: every enabled site is watched, and no other. */
  public void enter() {
    Set<String> enabled = new LinkedHashSet<>();
    configuration.sites().values().stream()
        .filter(Site::enabled)
        .forEach(site -> enabled.add(site.name()));
    database
        .transaction()
        .executeWithoutResult(status -> standings.watch(enabled, clock.instant()));
  }

  /** The sites that fell due and are not told yet. */
  public List<Standing> overdue() {
    catchUp.begin();
    List<Standing> overdue =
        standings.watched().stream()
            .filter(standing -> standing.missedAt() == null && overdue(standing))
            .filter(
                standing -> !catchUp.pending(configuration.sites().get(standing.site()), standing))
            .toList();
    looked = clock.instant();
    return overdue;
  }

  /** When it has looked at all sites last, or null. */
  Instant lookedAt() {
    return looked;
  }

  private boolean overdue(Standing standing) {
    Site site = configuration.sites().get(standing.site());
    Duration after = site == null ? null : schedules.overdueAfter(site, clock.instant());
    return after != null && !standing.since().plus(after).isAfter(clock.instant());
  }

  /**
   * The event of a site whose good backup is missed, which is noted; null when another node has
   * noted it, or the site has a good backup since.
   */
  public Event missed(@Body Standing standing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return standings.missed(standing, now)
        ? events.missed(configuration.sites().get(standing.site()), standing, now)
        : null;
  }

  /** The sites that fail or are overdue, and of which a rule wants to be reminded now. */
  public List<Standing> lasting() {
    boolean nobody = configuration.rules().stream().allMatch(rule -> rule.remind() == null);
    return nobody
        ? List.of()
        : standings.watched().stream()
            .filter(standing -> configuration.sites().containsKey(standing.site()))
            .filter(standing -> standing.bad() && rules(standing).stream().anyMatch(due(standing)))
            .toList();
  }

  private List<Rule> rules(Standing standing) {
    List<Rule> rules = new ArrayList<>();
    if (standing.missedAt() != null) {
      rules.addAll(recipients.rules(standing.site(), "missed"));
    }
    if (standing.failures() > 0) {
      rules.addAll(recipients.rules(standing.site(), "failed"));
    }
    return rules;
  }

  /** A rule's time has come when a multiple of it since its last event has not been told yet. */
  private Predicate<Rule> due(Standing standing) {
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
  private static Instant anchor(Rule rule, Standing standing) {
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
  public void remind(@Body Standing standing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Predicate<Rule> due = due(standing);
    List<Post> posts = new ArrayList<>();
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
              if (standings.reminded(standing, now)) {
                posts.forEach(outbox::put);
              }
            });
  }

  private Post reminder(Event event, Predicate<Rule> due, Instant now) {
    Event again = event.reminder(now);
    return new Post(again, recipients.reminded(again, due, now));
  }
}
