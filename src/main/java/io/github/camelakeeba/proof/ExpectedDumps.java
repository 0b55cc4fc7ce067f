package io.github.camelakeeba.proof;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.census.CensusStore;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.store.Database;
import java.util.List;
import java.util.Map;

/** What the dump of a backup is held against, beside itself. */
public final class ExpectedDumps {
  private final RunQueries runs;
  private final CensusStore counted;

  public ExpectedDumps(Database database) {
    this.runs = new RunQueries(database);
    this.counted = new CensusStore(database);
  }

  /** Of the backup with this backupid; {@link DumpExpectation#NONE} when nothing is known of it. */
  public DumpExpectation of(String site, String backupid) {
    List<Run> had = runs.ofBackup(site, backupid);
    if (had.isEmpty()) {
      return DumpExpectation.NONE;
    }
    // one that verified it again has heard nothing of the site
    Map<String, Long> rows =
        had.stream()
            .map(run -> run.backup().expectedRows().tables())
            .filter(tables -> !tables.isEmpty())
            .findFirst()
            .orElse(Map.of());
    List<String> warnings =
        had.stream()
            .map(Run::warnings)
            // else its texts are ours, on what a download could not check
            .filter(one -> one.count() > 0)
            .flatMap(one -> one.texts().stream())
            .distinct()
            .toList();
    boolean there =
        counted
            .last(site, had.get(0).profileId(), backupid)
            .filter(last -> !last.census().tables().isEmpty())
            .isPresent();
    return new DumpExpectation(rows, warnings, there);
  }
}
