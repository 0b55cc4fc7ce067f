package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.ArchiveLocator;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.recheck.ArchiveRecheck;
import io.github.camelakeeba.recheck.ArchiveReplacement;
import io.github.camelakeeba.recheck.RecheckReports;
import io.github.camelakeeba.recheck.RecheckStore;
import io.github.camelakeeba.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;

/** The beans of the routes that read downloaded archives again. */
final class RecheckModule {
  static final String RECHECK = "backup-recheck"; // which archives are due, and what they are
  static final String REPLACEMENT = "backup-archive-replacement"; // fetched anew, for a damaged one
  private static final long MEGABYTE = 1_000_000;

  private RecheckModule() {}

  static void bind(
      BeanBinder beans,
      Map<String, Site> sites,
      Database database,
      String node,
      CamelContext context,
      RecheckReports reports,
      FailureTranslator failures,
      Path staging,
      int megabytesPerSecond,
      BooleanSupplier closed,
      Clock clock) {
    RecheckStore store = new RecheckStore(database, node);
    beans.bind(
        RECHECK,
        new ArchiveRecheck(
            sites,
            store,
            database.embedded(),
            (archive, site) ->
                context
                    .getRegistry()
                    .lookupByNameAndType(RunModule.ARCHIVE_LOCATOR, ArchiveLocator.class)
                    .at(site, archive)
                    .map(LocatedArchive::source),
            reports,
            megabytesPerSecond * MEGABYTE,
            closed,
            clock));
    beans.bind(
        REPLACEMENT,
        new ArchiveReplacement(sites, store, reports, failures, staging, closed, clock));
  }
}
