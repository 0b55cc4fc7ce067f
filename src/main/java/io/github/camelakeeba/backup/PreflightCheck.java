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
 * What the site shows before the start. startBackup kills every running backup of the site, so it
 * is sent only when no other client's is alive (measured).
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

  /** Whether to wait: closed once the way is free; throws {@code busy}. Last is null at first. */
  public PreflightState judge(
      @Body Run run,
      @Variable("backup-profiles") List<Profile> profiles,
      @Variable("backup-preflight-state") PreflightState last,
      @Variable("backup-records") List<BackupRecord> records,
      @Variable("akeeba-date") Instant siteClock) {
    return last == null ? first(run, profiles) : next(run, last, records, siteClock);
  }

  /** Throws when the site lacks the profile: it would run with defaults. */
  private PreflightState first(Run run, List<Profile> profiles) {
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

  private PreflightState next(
      Run run, PreflightState last, List<BackupRecord> records, Instant siteClock) {
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
    boolean alive = isAlive(run, others, siteClock);
    // abandoned: nothing changed between two polls, and the last activity is too old
    if (others.isEmpty() || !alive && others.equals(last.seen())) {
      endWait(run, last, newest);
      return new PreflightState(false, 0, last.until(), others, newest, last.reported());
    }
    boolean unsure = last.seen() == null && !alive;
    if (!unsure && !clock.instant().isBefore(last.until())) {
      throw busy(run, others.get(0));
    }
    return new PreflightState(
        true,
        unsure ? timings.secondPollPause().toMillis() : pause(run),
        last.until(),
        others,
        newest,
        unsure ? last.reported() : describeWait(run, last, others.get(0)));
  }

  private String describeWait(Run run, PreflightState last, BackupRecord other) {
    Instant end = run.startedAt().plus(sites.get(run.site()).maxDuration());
    String what =
        "for another backup (record %s, %s) since %s, until %s"
            .formatted(
                other.id(),
                origin(other),
                minute(other.start()),
                minute(clock.wall(end.isBefore(last.until()) ? end : last.until())));
    if (!what.equals(last.reported())) {
      LOG.info("waiting {}", what);
      store.note(run, "waiting", "Waiting " + what);
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

  /** The text of the wait goes, also one that a node left which died while it waited. */
  private void endWait(Run run, PreflightState last, long newest) {
    if (last.reported() != null || run.backup().domain().equals(BackupProgress.WAITING)) {
      LOG.info("the other backup is over, the way is free");
      store.note(run, "waited", "The other backup is over, the way is free");
      Run free = run.with(run.journal().withNewestRecord(newest));
      store.checkpoint(free.with(BackupProgress.NONE, free.warnings()));
    }
  }

  /** Whether the last activity of any is not older than {@code deadAfter}. */
  private boolean isAlive(Run run, List<BackupRecord> others, Instant siteClock) {
    Instant now = siteClock == null ? clock.wall(clock.instant()) : siteClock;
    Instant dead = now.minus(sites.get(run.site()).deadAfter());
    return others.stream()
        .map(record -> record.end() == null ? record.start() : record.end())
        .anyMatch(sign -> sign != null && sign.isAfter(dead));
  }

  private long pause(Run run) {
    long tenth = sites.get(run.site()).busyWait().dividedBy(10).toMillis();
    return Math.max(100, Math.min(tenth, MAX_PAUSE.toMillis()));
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
