package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Ends a restore test: its record, how its site stands, and what is told of it. */
public final class ProofCompletion {
  private static final int MAX_REASON_LENGTH = 1000;
  private static final int MAX_CAUSE_LENGTH = 300;

  private final Map<String, Site> sites;
  private final Database database;
  private final ProofStore store;
  private final ProofEvents events;
  private final String node;
  private final Clock clock;

  public ProofCompletion(
      Map<String, Site> sites, Database database, ProofEvents events, String node, Clock clock) {
    this.sites = sites;
    this.database = database;
    this.store = new ProofStore(database);
    this.events = events;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Writes the result, in one transaction that is repeated until the store takes it. Gives the test
   * as it has ended; null when it is another node's by now, and nothing was written.
   */
  public Proof end(
      @Body ClaimedProof claimed, @Variable("backup-proof-result") ProofResult result) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ProofResult bounded =
        new ProofResult(
            result.verdict(),
            UntrustedText.limited(result.reason(), MAX_REASON_LENGTH),
            UntrustedText.oneLine(result.server(), 200),
            result.tables(),
            result.rows(),
            result.sha256(),
            result.counts(),
            result.files(),
            result.warnings());
    return database.retryInTransaction(() -> write(claimed, bounded, now));
  }

  private Proof write(ClaimedProof claimed, ProofResult result, Instant now) {
    ProofStanding before = store.lock(claimed.site());
    if (!store.recordEnd(claimed, result, node, now)) {
      return null;
    }
    Proof proof = store.find(claimed.proof().id()).orElseThrow();
    Site site = sites.get(proof.site());
    if (site == null || before == null) {
      return proof; // taken out since; the record stays
    }
    boolean told = true;
    switch (result.verdict()) {
      case PROVED -> store.recordProved(proof);
      case UNPROVED -> store.recordNotProved(proof, null, now);
      case UNTESTED -> {
        String cause = cause(result.reason());
        // what lasts is told once; someone who waits for the answer sees it anyway
        told = !cause.equals(before.untested());
        store.recordNotProved(proof, cause, told ? now : before.toldAt());
      }
    }
    if (told) {
      Instant provedAt = result.verdict() == Verdict.PROVED ? proof.checkedAt() : before.provedAt();
      events.publish(events.ended(site, proof, provedAt, result.warnings()));
    }
    return proof;
  }

  /** Without numbers, such as ports and times, which differ each night. */
  private static String cause(String reason) {
    return UntrustedText.oneLine(String.valueOf(reason).replaceAll("\\d+", "#"), MAX_CAUSE_LENGTH);
  }
}
