package io.github.camelakeeba.inspection;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.inspection.InspectionStore.LastInspection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A watched site is inspected before it is called missed: another client may have taken a backup
 * since the last inspection. It is not waited for for long.
 */
public final class AwaitedInspections {
  private static final Duration MAX_WAIT = Duration.ofMinutes(5); // for an inspection
  private static final Duration MAX_VERIFICATION = Duration.ofHours(1); // of what it has found

  private final Configuration configuration;
  private final InspectionStore inspections;
  private final Clock clock;
  private final Map<String, Instant> asked = new ConcurrentHashMap<>(); // by site

  public AwaitedInspections(Configuration configuration, InspectionStore inspections, Clock clock) {
    this.configuration = configuration;
    this.inspections = inspections;
    this.clock = clock;
  }

  /** Only of these sites it is still of interest whether they are waited for. */
  public void retain(Set<String> overdue) {
    asked.keySet().retainAll(overdue);
  }

  /** Whether the overdue site is still to be inspected; it is asked for the first time here. */
  public boolean pending(String name) {
    if (!watched(name)) {
      return false;
    }
    Instant now = clock.instant();
    Instant since = asked.get(name);
    if (since == null) {
      asked.put(name, now);
      inspections.hasten(name, now);
      return true;
    }
    Instant last = inspections.last(name).at();
    Duration waited = Duration.between(since, now);
    return last == null || last.isBefore(since)
        ? waited.compareTo(MAX_WAIT) < 0
        : waited.compareTo(MAX_VERIFICATION) < 0 && inspections.hasOpenRun(name);
  }

  /** The health with the reason that the last inspection has found; without one as it is. */
  public SiteHealth explained(SiteHealth health) {
    LastInspection last =
        watched(health.site()) ? inspections.last(health.site()) : LastInspection.NONE;
    Event.Error why = last.note();
    return why == null ? health : health.missing(why);
  }

  private boolean watched(String name) {
    Site site = configuration.sites().get(name);
    return site != null && site.proof().watch();
  }
}
