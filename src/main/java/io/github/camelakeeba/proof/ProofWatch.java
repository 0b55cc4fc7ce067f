package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Body;

/** Which sites no restore has proved for too long, and what lasts. */
public final class ProofWatch {
  private final Configuration configuration;
  private final Database database;
  private final ProofStore store;
  private final SitePauses pauses;
  private final ProofEvents events;
  private final NotificationRouter router;
  private final Outbox outbox;
  private final Clock clock;

  public ProofWatch(
      Configuration configuration,
      Database database,
      SitePauses pauses,
      ProofEvents events,
      NotificationRouter router,
      Outbox outbox,
      Clock clock) {
    this.configuration = configuration;
    this.database = database;
    this.store = new ProofStore(database);
    this.pauses = pauses;
    this.events = events;
    this.router = router;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The sites that are overdue and not told of yet; none that is switched off or paused. */
  public List<ProofStanding> overdue() {
    if (configuration.sites().values().stream()
        .allMatch(site -> site.proof().provedOverdueAfter() == null)) {
      return List.of();
    }
    Instant now = clock.instant();
    Set<String> paused = pauses.current().keySet();
    return store.standings().stream()
        .filter(one -> one.overdueToldAt() == null && !paused.contains(one.site()))
        .filter(one -> isOverdue(configuration.sites().get(one.site()), one.provedSince(), now))
        .toList();
  }

  /**
   * Whether a proof of a site is overdue.
   *
   * @param site null: not configured any more
   * @param since when it was proved, or is to be since; null: it need not
   */
  public static boolean isOverdue(Site site, Instant since, Instant now) {
    return site != null
        && site.enabled()
        && site.proof().provedOverdueAfter() != null
        && since != null
        && !since.plus(site.proof().provedOverdueAfter()).isAfter(now);
  }

  /** Records the report and puts its event on its way, once, of several nodes. */
  public boolean reportOverdue(@Body ProofStanding standing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Site site = configuration.sites().get(standing.site());
    return site != null
        && Boolean.TRUE.equals(
            database
                .transaction()
                .execute(
                    status -> {
                      boolean first = store.markOverdue(standing, now);
                      if (first) {
                        events.publish(events.overdue(site, standing, now));
                      }
                      return first;
                    }));
  }

  /** What lasts and is to be told again by a rule with {@code remind}. */
  public List<ProofStanding> dueReminders() {
    if (configuration.rules().stream().allMatch(rule -> rule.remind() == null)) {
      return List.of();
    }
    Set<String> paused = pauses.current().keySet();
    Map<String, Site> sites = configuration.sites();
    return store.standings().stream()
        .filter(one -> anchor(one) != null && sites.containsKey(one.site()))
        .filter(one -> !paused.contains(one.site()))
        .filter(one -> router.rulesFor(one.site(), state(one)).stream().anyMatch(due(one)))
        .toList();
  }

  /** Since when what lasts is told; null: all is well, or nothing is known. */
  private static Instant anchor(ProofStanding one) {
    return one.toldAt() != null ? one.toldAt() : one.overdueToldAt();
  }

  private static String state(ProofStanding one) {
    return one.toldAt() != null ? one.verdict() : Verdict.UNTESTED.word();
  }

  /** Due when a multiple of {@code remind} since the first report has no reminder yet. */
  private Predicate<NotificationRule> due(ProofStanding one) {
    Instant now = clock.instant();
    Instant anchor = anchor(one);
    Instant reminded =
        one.remindedAt() == null || one.remindedAt().isBefore(anchor) ? anchor : one.remindedAt();
    return rule ->
        rule.remind() != null
            && Duration.between(anchor, now).dividedBy(rule.remind())
                > Duration.between(anchor, reminded).dividedBy(rule.remind());
  }

  /** Tells it again, to those whose reminder is due. */
  public void sendReminder(@Body ProofStanding standing) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Site site = configuration.sites().get(standing.site());
    Event last = site == null ? null : lasting(site, standing, now);
    if (last == null) {
      return; // taken out since
    }
    Event again = last.asReminder(now);
    OutboxEntry entry =
        new OutboxEntry(again, router.reminderRecipients(again, due(standing), now));
    database.together(
        () -> {
          if (store.markReminded(standing, now)) {
            outbox.enqueueEntry(entry);
          }
        });
  }

  private Event lasting(Site site, ProofStanding standing, Instant now) {
    return standing.toldAt() == null
        ? events.overdue(site, standing, now)
        : store
            .lastEnded(site.name(), standing.verdict())
            .map(proof -> events.ended(site, proof, standing.provedAt(), List.of()))
            .orElse(null);
  }
}
