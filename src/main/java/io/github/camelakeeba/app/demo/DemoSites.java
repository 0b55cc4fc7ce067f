package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated sites of the demo. Three of them are backed up while one looks on: one goes well,
 * one fails, one ends with warnings. The others have a nightly schedule and, as these, a made-up
 * past.
 */
public final class DemoSites {
  private static final String SECRET = "demo-secret-Vq7ZkP2m";

  private static final long SECONDS_TO_FIRST_RUN = 7;
  private static final long MOST_SECONDS = 60;
  private static final long REST_OF_START = 9; // times as long as until the file is written
  private static final Duration NIGHT = Duration.ofHours(5); // so long ago
  private static final LocalTime LATEST = LocalTime.of(23, 30);

  private final List<DemoSite> sites;
  private final long begun = System.nanoTime();
  private final Map<String, SimulatedSite> simulated = new LinkedHashMap<>();
  private final ZonedDateTime night = night(ZonedDateTime.now(ZoneOffset.UTC));

  /** Once: the three, without a past. */
  public DemoSites(SimulatedServer server, boolean once) {
    this.sites = DemoSite.all(once);
    for (DemoSite site : sites) {
      simulated.put(
          site.name(),
          site.simulate(server)
              .secret(SECRET)
              .stepTime(Duration.ofMillis(once || site.daily() ? 250 : 700)));
    }
    simulated.get("shop").sleepTime(100);
    simulated.get("forum").failAt(9, "The disk is full: could not write to the archive file");
    simulated
        .get("blog")
        .warnings(
            8, "Unreadable file /srv/site/wp-content/uploads/2026/video.mp4. Check permissions")
        .warnings(9, "Unreadable file /srv/site/wp-content/debug.log. Check permissions");
  }

  public int size() {
    return sites.size();
  }

  /**
   * What a user would write in sites.yaml.
   *
   * @param now in UTC; the schedules of the three fire a few seconds from it
   */
  public String yaml(int smtpPort, LocalTime now) {
    StringBuilder yaml =
        new StringBuilder("defaults: {secret: %s, zone: UTC}\nsites:\n".formatted(SECRET));
    LocalTime fire = now.plusSeconds(secondsToFirstRun());
    for (DemoSite site : sites) {
      fire = site.daily() ? fire : fire.plusSeconds(1);
      yaml.append(
          "  %s: {url: \"%s\", tags: %s, schedule: \"%s\"}\n"
              .formatted(
                  site.name(),
                  simulated.get(site.name()).url(),
                  site.tags(),
                  site.daily() ? nightly(site) : soon(fire)));
    }
    return yaml
        + """
        limits: {perHost: 3, spread: 0s}
        channels:
          ops: {type: mail, smtp: "smtp://127.0.0.1:%s", from: backup@example.com, to: [ops@example.com]}
        notify:
          - {on: [completed, warning, failed], to: ops}
        """
            .formatted(smtpPort);
  }

  /** The slower the machine was so far, the later: by then it has started the service, too. */
  private long secondsToFirstRun() {
    long slow = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST_OF_START).toSeconds();
    return Math.max(SECONDS_TO_FIRST_RUN, Math.min(MOST_SECONDS, slow));
  }

  /** Soon, and then not before tomorrow. */
  private static String soon(LocalTime time) {
    return "%s %s %s * * ?".formatted(time.getSecond(), time.getMinute(), time.getHour());
  }

  /**
   * The backups of a day end on that day, which they would not if they began just before midnight.
   */
  static ZonedDateTime night(ZonedDateTime now) {
    ZonedDateTime night = now.minus(NIGHT).truncatedTo(ChronoUnit.MINUTES);
    return night.toLocalTime().isAfter(LATEST) ? night.with(LATEST) : night;
  }

  private String nightly(DemoSite site) {
    return "0 %s %s ? * %s"
        .formatted(night.getMinute(), night.getHour(), site.weekdays() ? "MON-FRI" : "*");
  }

  /** Writes the past of the sites into this empty store. */
  public void writePast(Configuration configuration, Database database) {
    new DemoHistory(sites, configuration, database, Instant.from(night)).write();
  }
}
