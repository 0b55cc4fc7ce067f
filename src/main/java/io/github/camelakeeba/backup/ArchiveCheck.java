package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.format.ArchivePrefixCheck;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.store.Database;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Whether the archive of a backup is whole as far as its first bytes and its size show. */
public final class ArchiveCheck {
  private static final Set<ErrorKind> DOWNLOAD_REFUSED =
      Set.of(ErrorKind.REFUSED_SECRET, ErrorKind.CONFIGURATION);

  private final Map<String, Site> sites;
  private final Database database;
  private final RunRepository store;
  private final RunQueries runs;

  public ArchiveCheck(Map<String, Site> sites, Database database, RunRepository store) {
    this.store = store;
    this.sites = sites;
    this.database = database;
    this.runs = new RunQueries(database);
  }

  /**
   * The run, with a warning where the site lets nobody read its archives, and one where the archive
   * has shrunk by more than the site allows. Throws {@code verification} when it does not begin
   * with a header and whole entries, when the site says that there is no such file, or when nobody
   * has asked for the beginning of one that is there.
   *
   * @param beginning null: there is no archive on the site, only a remote copy
   */
  public Run verifyArchive(
      @Body Run run,
      @Variable("akeeba-record") BackupRecord record,
      @Variable("backup-beginning") ArchiveSegment beginning) {
    if (beginning == null && record.readable()) {
      throw BackupVerifier.verificationFailure("the beginning of its archive was not read");
    }
    Run checked = beginning == null ? run : withSignatureVerified(run, record, beginning);
    store.note(
        run,
        "verified",
        "Verified: %s, %s in %s files"
            .formatted(
                beginning == null
                    ? "the record is good, and the archive is in its remote storage"
                    : beginning.refusal() == null
                        ? "the record is good, and the archive begins as it should"
                        : "the record is good; its archive can't be read",
                HumanFormat.size(run.backup().size()),
                run.backup().parts()));
    return withShrinkWarning(checked);
  }

  private static Run withSignatureVerified(Run run, BackupRecord record, ArchiveSegment beginning) {
    AkeebaException refusal = beginning.refusal();
    if (refusal == null) {
      String defect = new ArchivePrefixCheck(record, beginning.bytes()).defect();
      if (defect != null) {
        throw BackupVerifier.verificationFailure("%s", defect);
      }
      return run;
    }
    if (!DOWNLOAD_REFUSED.contains(refusal.kind())) {
      throw BackupVerifier.verificationFailure(
          "its archive can't be read: %s", BackupVerifier.clause(refusal));
    }
    return run.warned("The beginning of the archive could not be read: " + refusal.getMessage());
  }

  private Run withShrinkWarning(Run run) {
    Site site = sites.get(run.site());
    long size = run.backup().size();
    int profile = run.request().profile();
    return database
        .retry(() -> runs.lastGood(run.site(), profile))
        .filter(good -> size * 100 < good.size() * site.shrunk())
        .map(
            good ->
                String.format(
                    Locale.ROOT,
                    "shrunk: the archive has %,d bytes, %d %% of the %,d bytes of the last good"
                        + " backup of profile %d, of %tF",
                    size,
                    size * 100 / good.size(),
                    good.size(),
                    profile,
                    good.endedAt().atZone(site.zone())))
        .map(run::warned)
        .orElse(run);
  }
}
