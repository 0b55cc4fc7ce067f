package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.backup.recovery.StartRecovery;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what the site shows before the start. startBackup kills every running backup of the site,
 * so it is sent only when nobody else's is alive (protocol 1.5, 6).
 */
public final class PreflightCheck {
  private static final Logger LOG = LoggerFactory.getLogger(PreflightCheck.class);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  private static final int MAX_NAMED = 10;

  private final Map<String, Site> sites;
  private final RunRepository store;
  private final Timings timings;
  private final SteadyClock clock;

  public PreflightCheck(
      Map<String, Site> sites, RunRepository store, Timings timings, SteadyClock clock) {
    this.sites = sites;
    this.store = store;
    this.timings = timings;
    this.clock = clock;
  }

  /** Before the first look; throws when the site lacks the profile: it would run with defaults. */
  public PreflightState firstPoll(
      @Body Run run, @Variable("backup-profiles") List<Profile> profiles) {
    if (profiles.stream().noneMatch(profile -> profile.id() == run.request().profile())) {
      String known =
          profiles.stream()
              .limit(MAX_NAMED)
              .map(profile -> profile.id() + " (" + profile.name() + ")")
              .collect(Collectors.joining(", "));
      throw new AkeebaException(
          ErrorKind.NOT_FOUND,
          "The site has no backup profile %s. It has: %s%s."
              .formatted(run.request().profile(), known, profiles.size() > MAX_NAMED ? ", …" : ""));
    }
    return new PreflightState(
        true, 0, clock.instant().plus(sites.get(run.site()).busyWait()), null, 0, null);
  }

  /**
   * After a look: closed when the way is free; throws {@code busy} when the wait has been too long.
   */
  public PreflightState nextPoll(
      @Body Run run,
      @Variable("backup-preflight-state") PreflightState look,
      @Variable("backup-records") List<BackupRecord> records,
      @Variable("akeeba-date") Instant siteClock) {
    if (run.journal().abortedByPhp()) {
      records.stream()
          .filter(record -> StartRecovery.isOurs(run, record) && !store.isOurs(run.site(), record))
          .forEach(record -> store.recordOwnBackup(run, record.backupid(), record.id()));
    }
    long newest = records.stream().mapToLong(BackupRecord::id).max().orElse(0);
    List<BackupRecord> others =
        records.stream()
            .filter(BackupRecord::running)
            .filter(record -> !store.isOurs(run.site(), record))
            .toList();
    if (others.isEmpty() || abandoned(run, look, others, siteClock)) {
      return new PreflightState(false, 0, look.until(), others, newest, look.reported());
    }
    boolean unsure = look.seen() == null && !fresh(run, others, siteClock);
    if (!unsure && !clock.instant().isBefore(look.until())) {
      throw busy(run, others.get(0));
    }
    return unsure
        ? new PreflightState(
            true,
            timings.secondLookPause().toMillis(),
            look.until(),
            others,
            newest,
            look.reported())
        : new PreflightState(
            true, pause(run), look.until(), others, newest, describeWait(run, look, others.get(0)));
  }

  /** Whoever looks at the run, or into the log, sees who is waited for. */
  private String describeWait(Run run, PreflightState look, BackupRecord other) {
    Instant last = run.startedAt().plus(sites.get(run.site()).maxDuration());
    String what =
        "for another backup (record %s, %s) since %s, until %s"
            .formatted(
                other.id(),
                origin(other),
                minute(other.start()),
                minute(clock.wall(last.isBefore(look.until()) ? last : look.until())));
    if (!what.equals(look.reported())) {
      LOG.info("waiting {}", what);
      store.checkpoint(run.with(BackupProgress.waiting(what), run.warnings()));
    }
    return what;
  }

  private static Object minute(Instant time) {
    return time == null ? "an unknown time" : time.truncatedTo(ChronoUnit.MINUTES);
  }

  private static String origin(BackupRecord other) {
    return other.origin().isEmpty() ? "origin unknown" : "origin " + other.origin();
  }

  /** The run, knowing the newest record: what it starts will have a higher number. */
  public Run recordNewestBackup(
      @Body Run run, @Variable("backup-preflight-state") PreflightState look) {
    Run free = run.with(run.journal().withNewestRecord(look.newest()));
    // also what a node that died while it waited has left in the row
    if (look.reported() == null && !run.backup().domain().equals(BackupProgress.WAITING)) {
      return free;
    }
    LOG.info("the other backup is over, the way is free");
    return store.checkpoint(free.with(BackupProgress.NONE, free.warnings()));
  }

  /** Nothing moved between two looks, and the last sign of life is older than {@code deadAfter}. */
  private boolean abandoned(
      Run run, PreflightState look, List<BackupRecord> others, Instant siteClock) {
    return others.equals(look.seen()) && !fresh(run, others, siteClock);
  }

  private boolean fresh(Run run, List<BackupRecord> others, Instant siteClock) {
    Instant now = siteClock == null ? clock.wall(clock.instant()) : siteClock;
    Instant dead = now.minus(sites.get(run.site()).deadAfter());
    return others.stream()
        .map(record -> record.end() == null ? record.start() : record.end())
        .anyMatch(sign -> sign != null && sign.isAfter(dead));
  }

  private long pause(Run run) {
    Duration tenth = sites.get(run.site()).busyWait().dividedBy(10);
    return Math.max(100, Math.min(tenth.toMillis(), MAX_PAUSE.toMillis()));
  }

  private AkeebaException busy(Run run, BackupRecord other) {
    return new AkeebaException(
        ErrorKind.BUSY,
        "Another client's backup is running on the site (record %s, %s, begun %s); it has not ended within %s (busyWait). It was left alone."
            .formatted(
                other.id(),
                origin(other),
                other.startText(),
                Durations.format(sites.get(run.site()).busyWait())));
  }
}
