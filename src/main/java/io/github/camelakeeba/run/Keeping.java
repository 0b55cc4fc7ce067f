package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.LostAnswerException;
import io.github.camelakeeba.akeeba.RecordChange;
import io.github.camelakeeba.archive.ArchiveOrder;
import io.github.camelakeeba.archive.PullProgress;
import io.github.camelakeeba.archive.PulledArchive;
import io.github.camelakeeba.dump.DumpExpectation;
import io.github.camelakeeba.notify.Readable;
import io.github.camelakeeba.site.Download;
import io.github.camelakeeba.site.Durations;
import io.github.camelakeeba.site.OnServer;
import io.github.camelakeeba.site.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** What becomes of the archive of a backup that is good: {@code download} and {@code onServer}. */
public final class Keeping {
  /** Told as they are: they say enough, or are not of the download. */
  private static final Set<ErrorKind> PLAIN =
      Set.of(ErrorKind.VERIFICATION, ErrorKind.STOPPED, ErrorKind.INTERNAL);

  private final Map<String, Site> sites;
  private final KeptArchives archives;
  private final Path staging;
  private final RunStore store;
  private final RunGate gate;
  private final Failures failures;
  private final SteadyClock clock;

  /**
   * For these sites by name.
   *
   * @param staging the folder for what is handed on
   */
  public Keeping(
      Map<String, Site> sites,
      Database database,
      Path staging,
      RunStore store,
      RunGate gate,
      Failures failures,
      SteadyClock clock) {
    this.sites = sites;
    this.archives = new KeptArchives(database);
    this.staging = staging;
    this.store = store;
    this.gate = gate;
    this.failures = failures;
    this.clock = clock;
  }

  /** The archive, when the same run has brought it home before it was interrupted; or null. */
  public KeptArchive kept(@Body Run run) {
    return archives.find(run.site(), run.backup().backupid()).orElse(null);
  }

  /** The run as it was verified then: on the site the files may be gone meanwhile. */
  public Run measured(@Body Run run, @Variable("backup-kept") KeptArchive kept) {
    Backup b = run.backup();
    return run.with(
        new Backup(
            b.backupid(),
            b.recordId(),
            b.archive(),
            kept.files().size(),
            kept.size(),
            b.domain(),
            b.step(),
            b.stepNumber(),
            b.steps(),
            b.progress(),
            b.sleepTime(),
            b.hasRun(),
            b.answeredAt(),
            b.expectedRows()),
        run.warnings());
  }

  /** Whether the archive is to be brought home, and is there to be fetched. */
  public boolean wanted(@Body Run run, @Variable("akeeba-record") BackupRecord record) {
    return sites.get(run.site()).download() != null && !record.files().isEmpty();
  }

  /** The run, with a warning when its archive should be brought home but is elsewhere. */
  public Run elsewhere(@Body Run run) {
    return sites.get(run.site()).download() == null
        ? run
        : warned(
            run,
            "The archive was sent to a remote storage and is not on the site: it was not downloaded.");
  }

  /** What is to be fetched, and where to. */
  public ArchiveOrder order(@Body Run run) {
    Site site = sites.get(run.site());
    Path folder = site.download().folder();
    return new ArchiveOrder(
        site,
        run.backup().recordId(),
        run.backup().backupid(),
        folder != null ? folder : staging.resolve(site.name()),
        new DumpExpectation(run.backup().expectedRows().tables(), run.warnings().texts()),
        new PullProgress(progress -> watch(run, site, progress)));
  }

  /**
   * Each second of a long download: notes how far it is, and throws when it must not go on, or is
   * not this node's any more.
   */
  private void watch(Run run, Site site, PullProgress progress) {
    gate.heed(run);
    if (gate.closed()) {
      throw new SetAsideException(run.id());
    }
    Instant end = run.startedAt().plus(site.maxDuration());
    if (clock.instant().isAfter(end)) {
      throw new AkeebaException(
          ErrorKind.TIMEOUT,
          "The archive was not here within %s (maxDuration)."
              .formatted(Durations.text(site.maxDuration())));
    }
    long done = progress.isReading() ? progress.read() : progress.fetched();
    String at = progress.isReading() ? "reading the archive" : Readable.size(done) + " here";
    int percent = (int) (100 * done / Math.max(1, progress.total()));
    store.checkpoint(run.with(run.backup().comingHome(at, percent), run.warnings()));
  }

  /** Throws why the archive is not home, and that it is still on the site. */
  public void failed(Exchange exchange, @Variable("backup-current") Run run) throws Exception {
    Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SetAsideException || t instanceof LostRunException) {
        throw (RuntimeException) t;
      }
    }
    AkeebaException why = failures.explain(thrown, exchange.getVariable("akeeba-call", Call.class));
    if (PLAIN.contains(why.kind())) {
      throw why;
    }
    String told =
        "The backup is on the site (record %s), but its archive was not brought home: %s"
            .formatted(run.backup().recordId(), why.getMessage());
    throw why instanceof LostAnswerException lost
        ? new LostAnswerException(why.kind(), told, lost.reached(), lost.retryAfter(), why)
        : new AkeebaException(why.kind(), told, why);
  }

  /**
   * The run, with the warnings of its dump, and a word on what of the archive could not be checked;
   * kept, since the archive is not read again.
   */
  public Run read(@Body Run run, @Variable("backup-pulled") PulledArchive pulled) {
    List<String> more =
        pulled.warnings().stream()
            .filter(warning -> !run.warnings().texts().contains(warning))
            .toList();
    Warnings warnings = run.warnings().and(more);
    if (!pulled.readable()) {
      warnings = warnings.unknown(unchecked(run, pulled));
    }
    return warnings.equals(run.warnings())
        ? run
        : store.checkpoint(run.with(run.backup(), warnings));
  }

  /** What could not be checked, and what that means for the site's files. */
  private String unchecked(Run run, PulledArchive pulled) {
    boolean stay = sites.get(run.site()).onServer() == OnServer.DELETE_FILES;
    return "Not all of the archive was checked: "
        + pulled.unread()
        + (stay
            ? ". So its files stay on the site: deleteFiles deletes what was checked as a whole,"
                + " deleteFilesUnread this too."
            : ".");
  }

  /** Notes the archive that is home. */
  public KeptArchive note(@Body Run run, @Variable("backup-pulled") PulledArchive pulled) {
    Download download = sites.get(run.site()).download();
    KeptArchive kept =
        new KeptArchive(
            run.site(),
            run.backup().backupid(),
            pulled.recordId(),
            run.request().profile(),
            pulled.begun() == null ? clock.wall(run.startedAt()) : pulled.begun(),
            download.place(),
            download.folder() != null,
            pulled.files().stream().map(PulledArchive.File::name).toList(),
            pulled.size(),
            pulled.readable());
    archives.add(kept, run.id(), clock.wall(clock.instant()));
    return kept;
  }

  /** Whether its files on the site are to be deleted now. */
  public boolean deletable(@Body Run run, @Variable("backup-kept") KeptArchive kept) {
    OnServer wish = sites.get(run.site()).onServer();
    return wish == OnServer.DELETE_FILES_UNREAD || wish == OnServer.DELETE_FILES && kept.readable();
  }

  /** The deletion; throws when the run is not ours any more, or was stopped. */
  public RecordChange deletion(@Body Run run, @Variable("backup-kept") KeptArchive kept) {
    gate.heed(run);
    store.checkpoint(run);
    return new RecordChange(
        sites.get(run.site()), kept.recordId(), kept.backupid(), RecordChange.Kind.DELETE_FILES);
  }

  /** The run with a warning: the archive is home, but its files are still on the site. */
  public Run notDeleted(Exchange exchange, @Variable("backup-current") Run run) {
    AkeebaException why =
        failures.explain(
            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
            exchange.getVariable("akeeba-call", Call.class));
    return warned(
        run,
        "The archive is home, but its files were not deleted on the site: " + why.getMessage());
  }

  /** The archives of the run's profile that are to be let go. */
  public List<KeptArchive> surplus(@Body Run run) {
    Site site = sites.get(run.site());
    if (site.download() == null) {
      return List.of();
    }
    return Retention.surplus(
        archives.at(site.name(), run.request().profile(), site.download().place()),
        site.download(),
        site.zone(),
        clock.wall(clock.instant()));
  }

  /** Forgets an archive that is gone. */
  public void forget(@Variable("backup-old") KeptArchive old) {
    archives.remove(old);
  }

  private static Run warned(Run run, String text) {
    return run.with(run.backup(), run.warnings().and(List.of(text)));
  }
}
