package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.watch.OverdueSites;
import io.github.camelakeeba.watch.OverdueSites.WatchedSite;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The health of the sites: each by itself, as long as there are not too many, and all together. */
public final class SiteMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(SiteMetrics.class);
  private static final String WATCHED = "backup.sites.watched";
  private static final String OVERDUE = "backup.sites.overdue";
  private static final String FAILING = "backup.sites.failing";
  private static final String PAUSED = "backup.sites.paused";
  private static final String OLDEST_GOOD = "backup.sites.last.good.oldest.timestamp";
  private static final String LAST_GOOD = "backup.site.last.good.timestamp";
  private static final String SITE_OVERDUE = "backup.site.overdue";
  private static final String SITE_PAUSED = "backup.site.paused";
  private static final String ARCHIVE = "backup.archive";
  private static final String NOT_PROVED = "backup.sites.not.proved";
  private static final String LAST_PROVED = "backup.site.last.proved.timestamp";

  private final OverdueSites overdue;
  private final int maxSites;
  private boolean warned;

  private SiteMetrics(OverdueSites overdue, int maxSites) {
    this.overdue = overdue;
    this.maxSites = maxSites;
  }

  /** Of more sites than this only the numbers. */
  public static ScrapedMetrics of(
      StoreAvailability availability, OverdueSites overdue, int maxSites) {
    return new StoreMetrics(availability, new SiteMetrics(overdue, maxSites)::poll)
        .gauge(WATCHED, null, "Sites that are watched: enabled ones")
        .gauge(OVERDUE, null, "Sites without a good backup for too long")
        .gauge(FAILING, null, "Sites whose last backup failed")
        .gauge(PAUSED, null, "Sites that are paused")
        .gauge(
            OLDEST_GOOD, "seconds", "End of the oldest last good backup of a site; 0: one has none")
        .gauge(LAST_GOOD, "seconds", "End of the site's last good backup; 0: there is none")
        .gauge(SITE_OVERDUE, null, "1: the site has had no good backup for too long")
        .gauge(SITE_PAUSED, null, "1: the site is paused")
        .gauge(NOT_PROVED, null, "Sites whose last restore test proved no backup, or is overdue")
        .gauge(
            LAST_PROVED,
            "seconds",
            "When a restore had proved a backup of the site last; 0: none has")
        .gauge(ARCHIVE, "bytes", "Size of the archive of the site's last good backup");
  }

  private void poll(StoreMetrics metrics) {
    List<WatchedSite> sites = overdue.watched();
    metrics.set(WATCHED, Tags.empty(), sites.size());
    metrics.set(OVERDUE, Tags.empty(), sites.stream().filter(WatchedSite::overdue).count());
    metrics.set(FAILING, Tags.empty(), sites.stream().filter(WatchedSite::failing).count());
    metrics.set(PAUSED, Tags.empty(), sites.stream().filter(WatchedSite::paused).count());
    Map<String, SiteProof> proofs = overdue.proofs();
    metrics.set(
        NOT_PROVED, Tags.empty(), proofs.values().stream().filter(SiteMetrics::bad).count());
    sites.stream()
        .mapToDouble(SiteMetrics::lastGood)
        .min()
        .ifPresent(oldest -> metrics.set(OLDEST_GOOD, Tags.empty(), oldest));
    if (sites.size() <= maxSites) {
      for (WatchedSite one : sites) {
        Tags site = Tags.of("site", one.site());
        metrics.set(LAST_GOOD, site, lastGood(one));
        metrics.set(SITE_OVERDUE, site, one.overdue() ? 1 : 0);
        metrics.set(SITE_PAUSED, site, one.paused() ? 1 : 0);
        SiteProof proof = proofs.get(one.site());
        if (proof != null) {
          metrics.set(LAST_PROVED, site, seconds(proof.provedAt()));
        }
        if (one.size() != null) {
          metrics.set(ARCHIVE, site, one.size());
        }
      }
    } else if (!warned) {
      warned = true;
      LOG.info(
          "{} sites are more than backup.metrics.sites ({}): the metrics are aggregated, not one by one",
          sites.size(),
          maxSites);
    }
  }

  private static double lastGood(WatchedSite site) {
    return seconds(site.lastGoodAt());
  }

  private static double seconds(Instant time) {
    return time == null ? 0 : time.toEpochMilli() / 1000.0;
  }

  private static boolean bad(SiteProof proof) {
    return proof.overdueSince() != null
        || proof.verdict() != null && !proof.verdict().equals("proved");
  }
}
