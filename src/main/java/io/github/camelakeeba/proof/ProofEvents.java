package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The events of restore tests, and their rows of the outbox. */
public final class ProofEvents {
  private static final int MAX_REASON_LENGTH = 1000;
  private static final int MAX_WARNINGS = 50;

  private final EventSource source;
  private final String node;
  private final NotificationRouter router;
  private final Outbox outbox;

  public ProofEvents(EventSource source, String node, NotificationRouter router, Outbox outbox) {
    this.source = source;
    this.node = node;
    this.router = router;
    this.outbox = outbox;
  }

  /** The event of a test that has ended. */
  Event ended(Site site, Proof proof, Instant provedAt, List<String> warnings) {
    Event.Proof found =
        new Event.Proof(
            proof.sha256(),
            proof.checkedAt(),
            proof.server(),
            proof.tables(),
            proof.rows(),
            provedAt,
            UntrustedText.limited(proof.reason(), MAX_REASON_LENGTH));
    return event(
        site, proof.verdict(), proof.id(), proof.checkedAt(), data(site, proof, found, warnings));
  }

  /** That no test has proved a backup for too long. */
  Event overdue(Site site, ProofStanding standing, Instant now) {
    Instant since = standing.provedSince();
    String gap = HumanFormat.duration(Duration.between(since, now));
    String allowed = Durations.format(site.proof().provedOverdueAfter());
    String reason =
        standing.provedAt() == null
            ? "No restore has proved a backup of %s in the %s since its restore tests are watched; provedOverdueAfter is %s."
                .formatted(site.displayName(), gap, allowed)
            : "No restore has proved a backup of %s for %s; provedOverdueAfter is %s."
                .formatted(site.displayName(), gap, allowed);
    Event.Proof found =
        new Event.Proof(
            null,
            null,
            null,
            null,
            null,
            standing.provedAt(),
            UntrustedText.limited(
                standing.untested() == null
                    ? reason
                    : reason + " The last test could not be made: " + standing.untested(),
                MAX_REASON_LENGTH));
    return event(
        site,
        Verdict.UNTESTED.word(),
        "overdue/" + since,
        now,
        BackupEventFactory.ofSite(
            site.name(),
            BackupEventFactory.displayUrl(site),
            Verdict.UNTESTED.word(),
            site.profile(),
            node,
            null,
            found));
  }

  private Event event(Site site, String state, String what, Instant time, Event.Data data) {
    return BackupEventFactory.event(
        source, "%s/%s/%s".formatted(site.name(), state, what), site.name(), time, data);
  }

  private Event.Data data(Site site, Proof proof, Event.Proof found, List<String> warnings) {
    return new Event.Data(
        site.name(),
        BackupEventFactory.displayUrl(site),
        proof.verdict(),
        null,
        proof.trigger(),
        proof.requestedBy(),
        site.profile(),
        null,
        proof.backupid(),
        proof.recordId(),
        UntrustedText.limited(proof.archive(), 255),
        0,
        proof.size() == null ? 0 : proof.size(),
        proof.startedAt(),
        proof.checkedAt(),
        proof.durationMs(),
        0,
        0,
        0,
        new Event.Warnings(
            warnings.size(),
            warnings.stream()
                .limit(MAX_WARNINGS)
                .map(text -> UntrustedText.limited(text, MAX_REASON_LENGTH))
                .toList()),
        null,
        List.of(),
        null,
        node,
        null,
        null,
        0,
        false,
        false,
        found);
  }

  /** A row of the outbox for each recipient, by the rules; joins the transaction. */
  void publish(Event event) {
    outbox.enqueueEntry(new OutboxEntry(event, router.recipients(event, null)));
  }
}
