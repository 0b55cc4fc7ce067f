package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.Site;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The sites as the runs of this process have them: a run keeps the address, the secret and all else
 * of the site that it was begun with, whatever the configuration says since, until it has ended
 * here. In another process, or after a restart, it goes by the configuration there.
 */
@Internal
public final class SitesInFlight implements RunListener {
  private static final int MAX_LEFT = 1_000; // runs that were left, and may be claimed again

  private final Map<String, Site> configured;
  private final Map<String, Held> bySite = new ConcurrentHashMap<>();
  private final Map<String, Site> left = // by run; guarded by itself
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Site> eldest) {
          return size() > MAX_LEFT;
        }
      };

  /** One active run a site: the store sees to that. Site null: there was none at the claim. */
  private record Held(String run, long claim, Site site, boolean ended) {
    boolean isOf(Run run) {
      return this.run.equals(run.id()) && claim == run.claim();
    }
  }

  /** Of what is configured at each look. */
  public SitesInFlight(Map<String, Site> configured) {
    this.configured = configured;
  }

  /** The run is claimed; its thread begins after that. */
  public void begin(Run claimed) {
    Site before;
    synchronized (left) {
      before = left.remove(claimed.id());
    }
    // what has sent no start may as well go by what holds now
    Site site = before == null || claimed.attempts() == 0 ? configured.get(claimed.site()) : before;
    bySite.put(claimed.site(), new Held(claimed.id(), claimed.claim(), site, false));
  }

  /** The run has ended, and its store knows. */
  @Override
  public void ended(Run run) {
    bySite.computeIfPresent(
        run.site(),
        (site, held) -> held.isOf(run) ? new Held(held.run, held.claim, held.site, true) : held);
  }

  /** Its thread is done with the run; one without an end, as while the store is away, goes on. */
  public void release(Run claimed) {
    bySite.computeIfPresent(
        claimed.site(),
        (site, held) -> {
          if (!held.isOf(claimed)) {
            return held;
          }
          if (!held.ended) {
            synchronized (left) {
              left.put(held.run, held.site);
            }
          }
          return null;
        });
  }

  /** As the runs that are in flight here have them, or may have them once more. */
  public Collection<Site> all() {
    List<Site> all = new ArrayList<>();
    bySite.values().stream().map(Held::site).filter(Objects::nonNull).forEach(all::add);
    synchronized (left) {
      left.values().stream().filter(Objects::nonNull).forEach(all::add);
    }
    return all;
  }

  /** For what a run does: the site of the run that is in flight, else the configured one. */
  public Map<String, Site> ofRuns() {
    return new View((held, site) -> held != null ? held.site : site);
  }

  /** For who is told: the configured site, else, of one that was removed, that of its last run. */
  public Map<String, Site> configuredFirst() {
    return new View((held, site) -> site != null || held == null ? site : held.site);
  }

  private final class View extends AbstractMap<String, Site> {
    private final BiFunction<Held, Site, Site> choice;

    View(BiFunction<Held, Site, Site> choice) {
      this.choice = choice;
    }

    @Override
    public Site get(Object name) {
      return name == null ? null : choice.apply(bySite.get(name.toString()), configured.get(name));
    }

    @Override
    public boolean containsKey(Object name) {
      return get(name) != null;
    }

    @Override
    public Set<String> keySet() {
      return configured.keySet();
    }

    @Override
    public Collection<Site> values() {
      return configured.values();
    }

    /** The configured ones: whoever looks at all of them asks for no run. */
    @Override
    public Set<Map.Entry<String, Site>> entrySet() {
      return configured.entrySet();
    }
  }
}
