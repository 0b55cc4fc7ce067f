package io.github.camelakeeba.keep;

import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusComparison;
import io.github.camelakeeba.census.CensusStore;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.ArchiveRetention.DownloadState;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunRepository;
import io.github.camelakeeba.store.Database;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Variable;

/** What a downloaded archive lacks that the last good one of the same site and profile had. */
public final class ArchiveComparison {
  private final Map<String, Site> sites;
  private final CensusStore censuses;
  private final RunRepository store;

  public ArchiveComparison(Map<String, Site> sites, Database database, RunRepository store) {
    this.sites = sites;
    this.censuses = new CensusStore(database);
    this.store = store;
  }

  /**
   * The run with a warning for each difference that a person should look at, stored with it: the
   * archive is not read again.
   */
  public DownloadState compare(
      @Variable("backup-download") DownloadState download,
      @Variable("backup-downloaded") DownloadedArchive archive) {
    Run run = download.run();
    List<String> warnings =
        archive.census() == null
            ? List.of()
            : warnings(run, archive.census()).stream()
                .filter(text -> !run.warnings().texts().contains(text))
                .toList();
    return warnings.isEmpty()
        ? download
        : new DownloadState(
            store.checkpoint(run.with(run.backup(), run.warnings().plus(warnings))),
            download.stored(),
            download.request());
  }

  private List<String> warnings(Run run, Census census) {
    Site site = sites.get(run.site());
    int profile = run.request().profile();
    return censuses
        .last(site.name(), profile, run.backup().backupid())
        .map(
            last ->
                new CensusComparison(site.proof().census(), site.shrunk())
                    .warnings(
                        last.census(),
                        census,
                        String.format(
                            Locale.ROOT,
                            "the last good backup of profile %d, of %tF,",
                            profile,
                            last.begunAt().atZone(site.zone()))))
        .orElse(List.of());
  }
}
