package io.github.camelakeeba.proof;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.restore.RestoreResult;
import io.github.camelakeeba.restore.RestoreTest;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores the dump of an archive into a scratch schema of the site's database server. */
public final class DatabaseRestore implements RestoreTester {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseRestore.class);

  private final RestoreTest engine;
  private final BiFunction<String, String, DumpExpectation> expected;

  /**
   * @param expected what a site said of the dump of the backup with this backupid while it was made
   */
  public DatabaseRestore(RestoreTest engine, BiFunction<String, String, DumpExpectation> expected) {
    this.engine = engine;
    this.expected = expected;
  }

  @Override
  public ProofResult test(Site site, LocatedArchive archive, ProofProgress progress) {
    List<Secret> passwords =
        site.proof().archivePassword() == null
            ? List.of()
            : List.of(site.proof().archivePassword());
    DumpExpectation said = expected.apply(site.name(), archive.backupid());
    RestoreResult result =
        engine.run(
            archive.source(),
            passwords,
            site.proof().restoreTest(),
            said,
            new Reading(progress, archive.source().size()));
    progress.check(); // the engine takes for a failure that it was stopped
    return result(result, openWarning(result, said.warnings()), names(archive));
  }

  /** Removes what tests of these sites left that were killed. */
  public void removeLeftovers(Collection<Site> sites) {
    List<RestoreTestSettings> settings =
        sites.stream()
            .map(site -> site.proof().restoreTest())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (settings.isEmpty()) {
      return;
    }
    try {
      engine.removeLeftovers(settings);
    } catch (RuntimeException e) {
      LOG.warn("what killed restore tests have left can't be removed now; the next start tries", e);
    }
  }

  /** How far the archive is read: the rows are restored while it is. */
  private static final class Reading implements ReadProgress {
    private final ProofProgress progress;
    private final long size;
    private long done;

    /** {@code size} -1: not known. */
    Reading(ProofProgress progress, long size) {
      this.progress = progress;
      this.size = size;
    }

    @Override
    public void read(long bytes) {
      done += bytes;
      progress.at(
          size > 0
              ? "restoring, %s of %s read".formatted(HumanFormat.size(done), HumanFormat.size(size))
              : "restoring, %s read".formatted(HumanFormat.size(done)));
    }
  }

  private static List<String> names(LocatedArchive archive) {
    return archive.source().volumes().stream().map(volume -> volume.name()).toList();
  }

  /** A restore proves what is in an archive; that rows are not in it the backup may have told. */
  private static Optional<String> openWarning(RestoreResult result, List<String> ofBackup) {
    return result.verdict() != RestoreResult.Verdict.PROVED || ofBackup.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "What is in the archive was restored, but the backup had ended with %s: %s"
                .formatted(
                    ofBackup.size() == 1 ? "a warning" : ofBackup.size() + " warnings, the first",
                    ofBackup.get(0)));
  }

  private static ProofResult result(
      RestoreResult result, Optional<String> openWarning, List<String> names) {
    boolean counted = result.verdict() != RestoreResult.Verdict.UNTESTED;
    return new ProofResult(
        Verdict.valueOf(result.verdict().name()),
        Stream.of(Optional.ofNullable(result.reason()), openWarning)
            .flatMap(Optional::stream)
            .reduce((found, more) -> found + " " + more)
            .orElse(null),
        result.server(),
        counted ? (Integer) result.tables().size() : null,
        counted ? (Long) result.rows() : null,
        checksum(result.sha256(), names),
        result.tables().stream().map(one -> new TableCount(one.name(), one.rows())).toList(),
        counted ? (Long) result.files() : null,
        Stream.concat(result.warnings().stream(), openWarning.stream()).toList());
  }

  /** Of one file its own; of several that of the lines that {@code sha256sum} prints of them. */
  static String checksum(List<String> sums, List<String> names) {
    if (sums.size() <= 1) {
      return sums.isEmpty() ? null : sums.get(0);
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      lines.add(sums.get(i) + "  " + names.get(i) + "\n");
    }
    return Sha256.hex(String.join("", lines));
  }
}
