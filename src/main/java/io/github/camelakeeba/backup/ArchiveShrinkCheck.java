package io.github.camelakeeba.backup;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.store.RunRowMapper;
import io.github.camelakeeba.store.Database;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;

/** Whether an archive has become far smaller than the last good one. */
public final class ArchiveShrinkCheck {
  private final Map<String, Site> sites;
  private final Database database;

  public ArchiveShrinkCheck(Map<String, Site> sites, Database database) {
    this.sites = sites;
    this.database = database;
  }

  /** The run, with a warning when its archive has shrunk by more than the site allows. */
  public Run warnIfShrunk(@Body Run run) {
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
    return run.with(run.backup(), run.warnings().plus(List.of(text)));
  }

  private Optional<Run> lastGood(Run run) {
    String sql =
        """
        select * from run
        where site = ? and profile = ? and state in ('completed', 'warning')
        order by ended_at desc limit 1
        """;
    return database.retry(
        () ->
            database
                .sql(sql)
                .params(run.site(), run.request().profile())
                .query(RunRowMapper.MAPPER)
                .optional());
  }
}
