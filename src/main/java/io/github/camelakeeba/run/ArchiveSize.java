package io.github.camelakeeba.run;

import io.github.camelakeeba.site.Site;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;

/** Whether an archive has become far smaller than the last good one. */
public final class ArchiveSize {
  private final Map<String, Site> sites;
  private final Database database;

  /** The sites by name. */
  public ArchiveSize(Map<String, Site> sites, Database database) {
    this.sites = sites;
    this.database = database;
  }

  /** The run, with a warning when its archive has shrunk by more than the site allows. */
  public Run shrunk(@Body Run run) {
    Site site = sites.get(run.site());
    long size = run.backup().size();
    Optional<Run> last =
        lastGood(run).filter(good -> size * 100 < good.backup().size() * site.shrunk());
    if (last.isEmpty()) {
      return run;
    }
    long before = last.get().backup().size();
    String text =
        String.format(
            Locale.ROOT,
            "shrunk: the archive has %,d bytes, %d %% of the %,d bytes of the last good backup of"
                + " profile %d, of %tF",
            size,
            size * 100 / before,
            before,
            run.request().profile(),
            last.get().endedAt().atZone(site.zone()));
    return run.with(run.backup(), run.warnings().and(List.of(text)));
  }

  private Optional<Run> lastGood(Run run) {
    String sql =
        """
        select * from run
        where site = ? and profile = ? and state in ('completed', 'warning')
        order by ended_at desc limit 1
        """;
    return database
        .insist(
            () -> database.jdbc().query(sql, RunRow.MAPPER, run.site(), run.request().profile()))
        .stream()
        .findFirst();
  }
}
