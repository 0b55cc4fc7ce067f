package io.github.camelakeeba.observe;

import io.github.camelakeeba.recheck.RecheckStore;
import io.github.camelakeeba.recheck.RecheckStore.Totals;
import io.github.camelakeeba.store.StoreAvailability;
import io.micrometer.core.instrument.Tags;

/** What is known of the downloaded archives of all sites together. */
public final class ArchiveMetrics {
  private static final String DAMAGED = "backup.archives.damaged";
  private static final String AWAY = "backup.archives.away";
  private static final String OLDEST = "backup.archives.verified.oldest.timestamp";

  private ArchiveMetrics() {}

  /** Of the sites that are watched. */
  public static ScrapedMetrics of(StoreAvailability availability, RecheckStore store) {
    return new StoreMetrics(
            availability,
            metrics -> {
              Totals totals = store.totals();
              metrics.set(DAMAGED, Tags.empty(), totals.damaged());
              metrics.set(AWAY, Tags.empty(), totals.away());
              metrics.set(
                  OLDEST,
                  Tags.empty(),
                  totals.oldest() == null ? 0 : totals.oldest().toEpochMilli() / 1000.0);
            })
        .gauge(DAMAGED, null, "Downloaded archives that are damaged or gone")
        .gauge(AWAY, null, "Downloaded archives whose folder or endpoint can't be read")
        .gauge(
            OLDEST,
            "seconds",
            "When the archive was read that was not read for longest; 0: there is none");
  }
}
