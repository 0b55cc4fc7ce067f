package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BadCertificateException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.run.store.StopRequests;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a run that did not get through tries once more: {@code retry} in sites.yaml. */
public final class RunRetries {
  private static final Logger LOG = LoggerFactory.getLogger(RunRetries.class);
  private static final Set<String> DUMP_DOMAINS = Set.of("packdb", "db");

  private final Map<String, Site> sites;
  private final RunRepository store;
  private final StopRequests stops;
  private final RecoverySettings recovery;
  private final SteadyClock clock;

  public RunRetries(
      Map<String, Site> sites,
      RunRepository store,
      StopRequests stops,
      RecoverySettings recovery,
      SteadyClock clock) {
    this.sites = sites;
    this.store = store;
    this.stops = stops;
    this.recovery = recovery;
    this.clock = clock;
  }

  /**
   * The run that failed, or, without a failure, the same run set aside until a later attempt: when
   * the site could not be reached, and attempts and time are left.
   */
  public Run retryUnreachable(Run run, AkeebaException why) {
    Site site = sites.get(run.site());
    if (!(why instanceof LostResponseException)
        || why instanceof BadCertificateException certificate
            && run.attempts() == 0
            && certificate.atFirstContact()
        || site == null
        || !recovery.laterAttempts()) {
      return run;
    }
    int tried = run.retries().unreachable();
    Instant due = clock.instant().plus(recovery.retryDelay(tried));
    if (tried >= site.retry().unreachable()
        || due.isAfter(run.startedAt().plus(site.maxDuration()))) {
      return tried == 0
          ? run
          : run.failed(
              new RunFailure(
                  run.failure().kind(),
                  "%s It was tried %s times.".formatted(run.failure().message(), tried + 1)));
    }
    if (stops.isRequested(run)) {
      return run.failed(StopRequests.failure(run));
    }
    Instant dueAt = clock.wall(due);
    store.note(
        run,
        "retry",
        "Trying again at %s, attempt %s of %s: %s"
            .formatted(
                dueAt.truncatedTo(ChronoUnit.SECONDS),
                tried + 2,
                site.retry().unreachable() + 1,
                run.failure().message()));
    Run later = store.postpone(run.failed(null).retried(), dueAt);
    LOG.warn(
        "{} Trying again at {}, attempt {} of {}.",
        run.failure().message(),
        dueAt,
        tried + 2,
        site.retry().unreachable() + 1);
    return later;
  }

  /** A new attempt, as another start destroyed the last; throws {@code restarted-on-server}. */
  public Run retryDestroyed(Run run, String why) {
    int tried = run.retries().untrusted();
    if (!run.taken() && tried < sites.get(run.site()).retry().untrusted()) {
      LOG.warn("{} It is taken anew once the other one has ended.", why);
      store.note(run, "taken-anew", "Taken anew once the other one has ended: " + why);
      return run.restarted();
    }
    throw new AkeebaException(
        ErrorKind.RESTARTED_ON_SERVER,
        tried == 0 ? why : why + " So it went in each of %s attempts.".formatted(tried + 1));
  }

  /** A new attempt, as the last can't be trusted; throws {@code untrusted} when none is left. */
  public Run retryUntrusted(Run run) {
    int tried = run.retries().untrusted();
    if (tried < sites.get(run.site()).retry().untrusted()) {
      LOG.warn(
          isDumping(run)
              ? "a step was cut off in the database dump of {}: rows may be missing; the backup is"
                  + " taken anew"
              : "a step of {} was cut off before an answer told of the database dump; whether it"
                  + " had reached it is not known, so the backup is taken anew",
          run.backup().backupid());
      store.note(
          run,
          "taken-anew",
          "Taken anew: a step was cut off after step %s, and rows may be missing"
              .formatted(run.backup().steps()));
      return run.restarted();
    }
    String where =
        isDumping(run)
            ? "while it dumped the database (after step %s), and had to be repeated: rows may be"
                + " missing without a trace in the archive, so it is not called good"
            : "before an answer told of the database dump (after step %s), and had to be repeated:"
                + " whether it had reached the dump is not known, and then rows may be missing"
                + " without a trace in the archive, so it is not called good";
    throw new AkeebaException(
        ErrorKind.UNTRUSTED,
        "A step of the backup was cut off on the site "
            + where.formatted(run.backup().steps())
            + (tried == 0 ? "." : "; it happened in each of %s attempts.".formatted(tried + 1)));
  }

  /** As the last answer before the step said: a worker killed earlier may still have reached it. */
  private static boolean isDumping(Run run) {
    return DUMP_DOMAINS.contains(run.backup().domain().toLowerCase(Locale.ROOT));
  }
}
