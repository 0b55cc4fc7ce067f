package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.LostSteps;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.akeeba.StepOrder;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.KnownSecrets;
import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer of startBackup or stepBackup makes of a run. */
public final class BackupSteps {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSteps.class);

  private static final int LONGEST_SHOWN = 500;

  private final Map<String, Site> sites;
  private final Descriptions descriptions;
  private final RunStore store;
  private final Failures failures;
  private final RunRetries retries;
  private final MaxDuration maxDuration;
  private final StepOrder order = new StepOrder();
  private final Clock clock;

  /** The sites by name. */
  public BackupSteps(
      Map<String, Site> sites,
      Descriptions descriptions,
      RunStore store,
      Failures failures,
      RunRetries retries,
      MaxDuration maxDuration,
      Clock clock) {
    this.sites = sites;
    this.descriptions = descriptions;
    this.store = store;
    this.failures = failures;
    this.retries = retries;
    this.maxDuration = maxDuration;
    this.clock = clock;
  }

  /**
   * The run as it begins, or goes on; before its first start its description is filled, and kept.
   * Throws {@code configuration} when the site was taken out of sites.yaml, or switched off, while
   * the run was waiting.
   */
  public Run begin(@Body Run run) {
    Site site = sites.get(run.site());
    if (site == null || !site.enabled()) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The site %s was %s while this backup was waiting; nothing was sent to it since."
              .formatted(run.site(), site == null ? "taken out of sites.yaml" : "switched off"));
    }
    if (run.attempts() == 0) {
      return store.described(
          run.described(descriptions.fill(run.request().description(), run, site)));
    }
    LOG.info(
        "going on: {}, after step {}, {} calls unheard",
        run.backup().backupid(),
        run.backup().steps(),
        run.gap().lost());
    return run;
  }

  /** The run just before its startBackup is sent, which is noted first. */
  public Run attempt(@Body Run run, @Variable("akeeba-endpoint") Endpoint endpoint) {
    maxDuration.check(run, Duration.ZERO);
    return store.starting(run.attempted(), RunSite.Begun.at(sites.get(run.site()), endpoint));
  }

  /** The run after the answer of startBackup; throws {@link AkeebaException} when it is none. */
  public Run recordStart(
      @Body Run run,
      @Variable("backup-answer") StepAnswer step,
      @Variable("akeeba-date") Instant siteClock) {
    checkProfile(run, step);
    if (step.backupid() == null || step.backupid().isEmpty()) {
      throw new AkeebaException(
          ErrorKind.OUT_OF_ORDER,
          "The site answered startBackup without a backupid, so the backup can't be stepped. "
              + "Update Akeeba Backup on the site.");
    }
    Run started = next(run, step, siteClock, 0);
    if (SiteClocks.differ(step.backupid(), siteClock, run.gap().notedAt(), Instant.now())) {
      LOG.info("the site's clock and that of its web server differ");
      started = started.with(started.backup().withoutClock(), started.warnings());
    }
    return started.with(started.gap().closed());
  }

  /**
   * The run after the answer of stepBackup; throws {@link AkeebaException} when it is none. Where
   * answers before it were lost, the answer's number tells what had become of them.
   */
  public Run recordAnswer(
      @Body Run run,
      @Variable("backup-answer") StepAnswer step,
      @Variable("akeeba-date") Instant siteClock) {
    checkProfile(run, step);
    Run next = next(run, step, siteClock, 1);
    return run.gap().lost() == 0 ? next.with(next.gap().closed()) : rejoined(run, next, step);
  }

  private Run rejoined(Run before, Run next, StepAnswer step) {
    int lost = before.gap().lost();
    int completed = LostSteps.completed(before.backup().stepNumber(), lost, step);
    if (!LostSteps.trusted(before.backup().domain(), lost - completed)) {
      return retries.untrusted(before);
    }
    return LostAnswers.unheard(before, next, completed).with(next.gap().closed());
  }

  private Run next(Run run, StepAnswer step, Instant siteClock, int steps) {
    order.check(run.backup().backupid(), run.backup().stepNumber(), step);
    if (step.hasRun()) {
      maxDuration.check(run, Duration.ofMillis(step.sleepTime()));
    }
    LOG.debug("step {}: {}, {}", step.stepNumber(), step.domain(), step.stepState());
    return run.with(
        merged(run.backup(), step, siteClock, steps), run.warnings().and(step.warnings()));
  }

  /**
   * Whatever else an answer of this backup says: another profile is another backup than the one
   * that was asked for (protocol 4). What such a start has begun is ours all the same.
   */
  private void checkProfile(Run run, StepAnswer step) {
    String ours = run.backup().backupid();
    if (!step.ofOtherProfile(run.request().profile())
        || ours != null && step.backupid() != null && !ours.equals(step.backupid())) {
      return;
    }
    if (ours == null && step.backupid() != null && !step.backupid().isEmpty()) {
      store.own(run, step.backupid(), step.recordId());
    }
    throw new AkeebaException(
        ErrorKind.CONFIGURATION,
        "The site runs backup profile %s, but profile %s was asked for; it was not stepped any further. Something on the way loses or changes what is sent, such as a redirect: write the site's final address into its url."
            .formatted(step.profile(), run.request().profile()));
  }

  /**
   * What the answer leaves out is kept from before: the last answer names no record (protocol 1.8).
   */
  private static Backup merged(Backup before, StepAnswer step, Instant siteClock, int steps) {
    return new Backup(
        step.backupid() == null ? before.backupid() : step.backupid(),
        step.recordId() == null ? before.recordId() : step.recordId(),
        step.archive().isEmpty() ? before.archive() : step.archive(),
        before.parts(),
        before.size(),
        step.domain(),
        shown(step),
        step.stepNumber() == null ? before.stepNumber() : step.stepNumber(),
        before.steps() + steps,
        step.progress(),
        step.sleepTime(),
        step.hasRun(),
        answeredAt(before, siteClock),
        before.expectedRows().and(step));
  }

  /** Never known again where it was not known after the start: then the clocks may differ. */
  private static Instant answeredAt(Backup before, Instant siteClock) {
    boolean known = before.backupid() == null || before.answeredAt() != null;
    return known && siteClock != null ? siteClock : before.answeredAt();
  }

  /** What is at work, for display, of a bounded length. */
  private static String shown(StepAnswer step) {
    String text = (step.step() + " " + step.substep()).strip();
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) : text;
  }

  /** Whether another node has taken the run over since: what failed here is not its failure. */
  public boolean lost(@Variable("backup-run") Run claimed) {
    return store.find(claimed.id()).filter(claimed::sameClaim).isEmpty();
  }

  /**
   * The run as its last checkpoint left it, with the reason of its failure, a kind and a sentence;
   * or, without one, set aside until a later attempt at a site that could not be reached.
   */
  public Run failed(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("backup-run") Run claimed) {
    Run run =
        store
            .find(claimed.id())
            .filter(claimed::sameClaim)
            .orElseThrow(() -> new LostRunException(claimed.id()));
    AkeebaException why = failures.explain(thrown);
    LOG.debug("failed", thrown);
    if (why.kind() == ErrorKind.INTERNAL) {
      LOG.error("failed here, not on the site", thrown);
    }
    return retries.unreachable(
        run.failed(new Failure(why.kind(), KnownSecrets.mask(why.getMessage()))), why);
  }
}
