package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.akeeba.answer.LostStepTrust;
import io.github.camelakeeba.akeeba.answer.StepSequenceCheck;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.backup.recovery.LostResponseHandler;
import io.github.camelakeeba.backup.recovery.RunRetries;
import io.github.camelakeeba.backup.recovery.SiteClockSkew;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.store.ActiveRuns;
import io.github.camelakeeba.run.store.RunDeadline;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.RunSite;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer of startBackup or stepBackup makes of a run. */
public final class BackupSteps {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSteps.class);

  private final Map<String, Site> sites;
  private final DescriptionTemplate descriptions;
  private final RunRepository store;
  private final FailureTranslator failures;
  private final RunRetries retries;
  private final RunDeadline maxDuration;
  private final RunGuard guard;
  private final ActiveRuns activeRuns;
  private final StepSequenceCheck order = new StepSequenceCheck();
  private final Clock clock;

  public BackupSteps(
      Map<String, Site> sites,
      DescriptionTemplate descriptions,
      RunRepository store,
      FailureTranslator failures,
      RunRetries retries,
      RunDeadline maxDuration,
      RunGuard guard,
      ActiveRuns activeRuns,
      Clock clock) {
    this.sites = sites;
    this.descriptions = descriptions;
    this.store = store;
    this.failures = failures;
    this.retries = retries;
    this.maxDuration = maxDuration;
    this.guard = guard;
    this.activeRuns = activeRuns;
    this.clock = clock;
  }

  /**
   * The run as it begins or continues; before its first start its description is filled and stored.
   * Throws {@code configuration} when the site was removed from sites.yaml, or switched off, while
   * the run was waiting; {@link ClaimLostException} when this process was held up since the claim,
   * and the run is another node's.
   */
  public Run begin(@Body Run run) {
    Site site = sites.get(run.site());
    if (site == null || !site.enabled()) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The site %s was %s while this backup was waiting; nothing was sent to it since."
              .formatted(run.site(), site == null ? "taken out of sites.yaml" : "switched off"));
    }
    if (run.taken()) {
      return store.saveDescription(run);
    }
    if (run.attempts() == 0) {
      return store.saveDescription(
          run.withDescription(descriptions.fill(run.request().description(), run, site)));
    }
    if (store.find(run.id()).filter(run::sameClaim).isEmpty()) {
      throw new ClaimLostException(run.id());
    }
    LOG.info(
        "continuing: {}, after step {}, {} calls without response",
        run.backup().backupid(),
        run.backup().steps(),
        run.journal().lostResponses());
    return run;
  }

  /** The run just before its startBackup is sent, which the store notes first. */
  public Run prepareStart(
      @Body Run run,
      @Variable("backup-preflight-state") PreflightState preflight,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    maxDuration.checkTimeLeft(run, Duration.ZERO);
    return store.recordStartCall(
        run.with(run.journal().withNewestRecord(preflight.newest())).nextStart(),
        RunSite.StartLocation.at(sites.get(run.site()), endpoint));
  }

  /** The run after the answer of startBackup; throws {@link AkeebaException} when it is none. */
  public Run recordStartAnswer(
      @Variable("backup-run") Run run,
      @Variable("backup-step-answer") StepAnswer step,
      @Variable("akeeba-date") Instant siteClock) {
    activeRuns.started(run);
    checkProfile(run, step);
    if (step.backupid() == null || step.backupid().isEmpty()) {
      throw new AkeebaException(
          ErrorKind.OUT_OF_ORDER,
          "The site answered startBackup without a backupid, so the backup can't be stepped. "
              + "Update Akeeba Backup on the site.");
    }
    Run started = next(run, step, siteClock, 0);
    if (SiteClockSkew.differ(step.backupid(), siteClock, run.journal().notedAt(), Instant.now())) {
      LOG.info("the site's clock and that of its web server differ");
      started = started.with(started.backup().withoutSiteClock(), started.warnings());
    }
    return started.with(started.journal().responseReceived());
  }

  /**
   * The run after the answer of stepBackup; throws {@link AkeebaException} when it is none. Where
   * answers before it were lost, the answer's number says what became of them.
   */
  public Run recordAnswer(
      @Variable("backup-run") Run run,
      @Variable("backup-step-answer") StepAnswer step,
      @Variable("akeeba-date") Instant siteClock) {
    activeRuns.started(run);
    checkProfile(run, step);
    Run next = next(run, step, siteClock, 1);
    if (run.journal().lostResponses() > 0) {
      return afterLostResponses(run, next, step);
    }
    return run.journal().idleMark() == null
        ? next.with(next.journal().responseReceived())
        : afterHiddenSteps(run, next, step);
  }

  /**
   * The site's record seemed to say that no lost call had begun. Where one has run all the same,
   * the site's clock is behind that of its web server, and the others may have been cut off.
   */
  private Run afterHiddenSteps(Run before, Run next, StepAnswer step) {
    int lost = Math.max(1, before.journal().lostInARow());
    int completed = LostStepTrust.completed(before.backup().stepNumber(), lost, step);
    if (completed > 0 && !LostStepTrust.trusted(before.backup().domain(), lost - completed)) {
      return retries.retryUntrusted(before);
    }
    Run known =
        completed == 0 ? next : next.with(next.backup().withoutSiteClock(), next.warnings());
    return LostResponseHandler.withLostResponses(before, known, completed)
        .with(next.journal().responseReceived());
  }

  private Run afterLostResponses(Run before, Run next, StepAnswer step) {
    int lost = before.journal().lostResponses();
    int completed = LostStepTrust.completed(before.backup().stepNumber(), lost, step);
    if (!LostStepTrust.trusted(before.backup().domain(), lost - completed)) {
      return retries.retryUntrusted(before);
    }
    store.note(
        before,
        "recovered",
        completed == lost
            ? "The site's answer shows that what was lost had run to its end"
            : "The site's answer shows that of %s lost calls %s had run to their end; the rest was repeated without harm"
                .formatted(lost, completed));
    return LostResponseHandler.withLostResponses(before, next, completed)
        .with(next.journal().responseReceived());
  }

  private Run next(Run run, StepAnswer step, Instant siteClock, int steps) {
    order.check(run.backup().backupid(), run.backup().stepNumber(), step);
    if (step.hasRun()) {
      maxDuration.checkTimeLeft(run, Duration.ofMillis(step.sleepTime()));
    }
    LOG.debug("step {}: {}, {}", step.stepNumber(), step.domain(), step.stepState());
    return run.with(
        merged(run.backup(), step, siteClock, steps), run.warnings().plus(step.warnings()));
  }

  /** Another profile is another backup; what such a start has begun is ours all the same. */
  private void checkProfile(Run run, StepAnswer step) {
    String ours = run.backup().backupid();
    if (step.profile() == null
        || step.profile() == run.request().profile()
        || ours != null && step.backupid() != null && !ours.equals(step.backupid())) {
      return;
    }
    if (ours == null && step.backupid() != null && !step.backupid().isEmpty()) {
      store.recordOwnBackup(run, step.backupid(), step.recordId());
    }
    throw new AkeebaException(
        ErrorKind.CONFIGURATION,
        "The site runs backup profile %s, but profile %s was asked for; it was not stepped any further. Something on the way loses or changes what is sent, such as a redirect: write the site's final address into its url."
            .formatted(step.profile(), run.request().profile()));
  }

  /** What the answer leaves out is kept from before: the last answer names no record (measured). */
  private static BackupProgress merged(
      BackupProgress before, StepAnswer step, Instant siteClock, int steps) {
    return new BackupProgress(
        step.backupid() == null ? before.backupid() : step.backupid(),
        step.recordId() == null ? before.recordId() : step.recordId(),
        step.archive().isEmpty() ? before.archive() : step.archive(),
        before.parts(),
        before.size(),
        step.domain(),
        UntrustedText.truncate((step.step() + " " + step.substep()).strip(), 500),
        step.stepNumber() == null ? before.stepNumber() : step.stepNumber(),
        before.steps() + steps,
        step.progress(),
        step.sleepTime(),
        step.hasRun(),
        answeredAt(before, siteClock),
        before.expectedRows().plus(step));
  }

  /** Never known again where it was not known after the start: then the clocks may differ. */
  private static Instant answeredAt(BackupProgress before, Instant siteClock) {
    boolean known = before.backupid() == null || before.answeredAt() != null;
    return known && siteClock != null ? siteClock : before.answeredAt();
  }

  /**
   * What a failure makes of a run.
   *
   * @param closing whether this process stops: then nothing failed
   * @param run null: another node has claimed it since, and what failed here is not its failure;
   *     else that of its last checkpoint with the reason of its failure, or, without one, queued
   *     for a later attempt at a site that could not be reached
   */
  public record RunAfterFailure(boolean closing, Run run) {}

  /** What this failure makes of the run, which is stored only for a later attempt. */
  public RunAfterFailure recordFailure(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("backup-run") Run claimed) {
    if (guard.closed()) {
      return new RunAfterFailure(true, null);
    }
    return new RunAfterFailure(
        false, findOwned(claimed).map(run -> failed(run, thrown)).orElse(null));
  }

  private Optional<Run> findOwned(Run claimed) {
    return store.find(claimed.id()).filter(claimed::sameClaim);
  }

  private Run failed(Run run, Throwable thrown) {
    AkeebaException why = failures.translate(thrown);
    LOG.debug("failed", thrown);
    if (why.kind() == ErrorKind.INTERNAL) {
      LOG.error("failed here, not on the site", thrown);
    }
    return retries.retryUnreachable(
        run.failed(new RunFailure(why.kind(), SecretMasker.mask(why.getMessage()))), why);
  }
}
