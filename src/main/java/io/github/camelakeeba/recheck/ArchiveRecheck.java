package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.recheck.ReadingRate.InterruptedReadException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/** Which downloaded archives are due to be read again, and what they are found to be. */
public final class ArchiveRecheck {
  /** The others come with the next poll, when these have been read. */
  private static final int MAX_AT_ONCE = 50;

  private static final int MAX_CANDIDATES = 1_000;

  /** A place that is away is tried again so often, and reported after so long. */
  private static final Duration AWAY_PAUSE = Duration.ofHours(1);

  static final Duration AWAY_REPORTED_AFTER = Duration.ofDays(1);

  /** What no node recognises as its own is taken by any, and found to be away. */
  private static final Duration UNCLAIMED_FOR = Duration.ofDays(2);

  private final Map<String, Site> sites;
  private final RecheckStore store;
  private final ArchivePlaces places;
  private final EndpointArchives endpoints;
  private final RecheckReports reports;
  private final long bytesPerSecond;
  private final BooleanSupplier closed;
  private final Clock clock;

  /** An archive at the Camel endpoint that it was handed to. */
  public interface EndpointArchives {
    /** Its volumes are opened as they are read; empty: there is no way to read them. */
    Optional<ArchiveSource> open(StoredArchive archive, Site site);
  }

  /**
   * @param alone whether no other process uses the store
   * @param bytesPerSecond are read at most
   * @param closed whether this process stops
   */
  public ArchiveRecheck(
      Map<String, Site> sites,
      RecheckStore store,
      boolean alone,
      EndpointArchives endpoints,
      RecheckReports reports,
      long bytesPerSecond,
      BooleanSupplier closed,
      Clock clock) {
    this.sites = sites;
    this.store = store;
    this.places = new ArchivePlaces(alone);
    this.endpoints = endpoints;
    this.reports = reports;
    this.bytesPerSecond = bytesPerSecond;
    this.closed = closed;
    this.clock = clock;
  }

  /** The archives that this node is to read now, the one that was not read for longest first. */
  public List<CheckedArchive> due() {
    Map<Duration, List<String>> intervals = new TreeMap<>();
    for (Site site : sites.values()) {
      if (isVerified(site)) {
        intervals
            .computeIfAbsent(site.download().verifyEvery(), every -> new ArrayList<>())
            .add(site.name());
      }
    }
    Instant now = clock.instant();
    List<CheckedArchive> due = new ArrayList<>();
    intervals.forEach(
        (every, names) ->
            store.due(names, RecheckSchedule.earliest(every, now), now, MAX_CANDIDATES).stream()
                .filter(one -> isDue(one, every, now))
                .limit(MAX_AT_ONCE)
                .forEach(due::add));
    return due;
  }

  private static boolean isVerified(Site site) {
    return site != null
        && site.enabled()
        && site.download() != null
        && site.download().verifyEvery() != null;
  }

  private boolean isDue(CheckedArchive one, Duration every, Instant now) {
    StoredArchive archive = one.archive();
    boolean reachable =
        archive.local()
            || archive.location().equals(sites.get(archive.site()).download().displayLocation());
    Instant due = one.recheckAt() != null ? one.recheckAt() : RecheckSchedule.dueAt(one, every);
    return reachable
        // what lies ahead was written by a clock that was set since
        && (!due.isAfter(now) || one.verifiedAt().isAfter(now))
        && (places.isReadHere(archive) || !due.plus(UNCLAIMED_FOR).isAfter(now));
  }

  /** Whether it is this node's now; not when the process stops, or another node has read it. */
  public boolean claim(@Body CheckedArchive one) {
    return !closed.getAsBoolean()
        && isVerified(sites.get(one.archive().site()))
        && store.claim(one, clock.instant());
  }

  /**
   * Reads it to its end, at a limited rate. Throws {@link AwayException} and {@link IOException}
   * when its place can't be read, which is no evidence.
   */
  public Inspection inspect(@Body CheckedArchive one) throws IOException {
    StoredArchive archive = one.archive();
    Site site = sites.get(archive.site());
    if (site == null || site.download() == null) { // taken out since
      throw new InterruptedReadException("the site has no downloads any more");
    }
    if (archive.local()) {
      ArchiveSource source = ArchivePlaces.open(archive);
      List<String> missing = ArchivePlaces.missing(archive);
      return missing.isEmpty()
          ? inspect(one, source, site)
          : Inspection.of(
              archive.files().size() == 1
                  ? "Its file is gone."
                  : "%s of its %s files are gone: %s."
                      .formatted(
                          missing.size(), archive.files().size(), String.join(", ", missing)));
    }
    ArchivePlaces.checkEndpoint(archive);
    return inspect(
        one,
        endpoints
            .open(archive, site)
            .orElseThrow(
                () ->
                    new AwayException(archive.location() + " can't be read back by this program")),
        site);
  }

  private Inspection inspect(CheckedArchive one, ArchiveSource source, Site site)
      throws IOException {
    Secret password = site.proof().archivePassword();
    return ArchiveInspector.inspect(
        source,
        ArchivePlaces.checksums(one.archive()),
        store.counted(one.archive()).orElse(null),
        password == null ? List.of() : List.of(password),
        new ReadingRate(bytesPerSecond, closed));
  }

  /** Records that it is whole, and reports that where it was not; joins the transaction. */
  public void recordWhole(@Body CheckedArchive one) {
    Instant now = clock.instant();
    if (store.recordWhole(one.archive(), now)) {
      if (one.damaged()) {
        reports.mended(one, "it was read to its end", store.isNewestGood(one), now);
      }
      if (one.awaySince() != null) {
        store.recordBack(one.archive());
      }
    }
  }

  /**
   * Records that it is damaged, and reports it when that was not known; joins the transaction.
   * False: it is not this node's any more, or is about to be deleted.
   */
  public boolean recordDamage(
      @Body CheckedArchive one, @Variable("backup-inspection") Inspection inspection) {
    Instant now = clock.instant();
    boolean ours = store.recordDamage(one.archive(), inspection.damage(), now);
    if (ours) {
      if (!one.damaged()) {
        reports.damaged(one, inspection.damage(), now);
      }
      if (one.awaySince() != null) {
        store.recordBack(one.archive());
      }
    }
    return ours;
  }

  /**
   * It could not be read. It is tried again in an hour, with all others of its place; after a day
   * that is reported, once. Joins the transaction; throws errors of the JVM on.
   */
  public String postpone(
      @Body CheckedArchive one, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown) {
    JvmErrors.rethrowJvmError(thrown);
    Instant now = clock.instant();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof InterruptedReadException) {
        store.release(one.archive(), now);
        return t.getMessage();
      }
    }
    String reason = reason(thrown, sites.get(one.archive().site()));
    boolean report =
        one.awaySince() != null
            && !one.awayReported()
            && !one.awaySince().plus(AWAY_REPORTED_AFTER).isAfter(now);
    store.recordAway(one.archive(), report, now, now.plus(AWAY_PAUSE));
    if (report) {
      reports.away(one, reason, now);
    }
    return reason;
  }

  static String reason(Throwable thrown, Site site) {
    String reason = UntrustedText.rootCause(thrown);
    Secret uri = site == null || site.download() == null ? null : site.download().uri();
    return uri == null ? reason : reason.replace(uri.reveal(), "***");
  }
}
