package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunPhase;
import io.github.camelakeeba.run.SitesInFlight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The claims that this process works on. A run that is ours by the store, and is not here, was
 * dropped because the store failed when its end, or its next checkpoint, was to be written.
 */
public final class ActiveRuns {
  /** A run that stands before its start for longer waits for its site, and not for a processor. */
  private static final long STARTING_NANOS = Duration.ofSeconds(10).toNanos();

  private final Map<Key, String> hosts = new ConcurrentHashMap<>();
  private final Map<String, Integer> onHost = new ConcurrentHashMap<>();
  private final Map<Key, Long> starting = new ConcurrentHashMap<>(); // since System.nanoTime()

  private final SitesInFlight sites;
  private final Function<String, String> hostOf;

  private record Key(String run, long claim) {}

  public ActiveRuns() {
    this(new SitesInFlight(Map.of()), site -> site);
  }

  /**
   * The first keeps each run's site until the run ends here; the second gives a site's web host.
   */
  public ActiveRuns(SitesInFlight sites, Function<String, String> hostOf) {
    this.sites = sites;
    this.hostOf = hostOf;
  }

  void begin(List<Run> claimed) {
    long now = System.nanoTime();
    for (Run run : claimed) {
      sites.begin(run);
      String host = hostOf.apply(run.site());
      if (hosts.putIfAbsent(key(run), host) == null) {
        onHost.merge(host, 1, Integer::sum);
      }
      if (run.phase() == RunPhase.START) {
        starting.put(key(run), now);
      }
    }
  }

  /** The site has answered the run's start. */
  public void started(Run claimed) {
    starting.remove(key(claimed));
  }

  public void end(Run claimed) {
    String host = hosts.remove(key(claimed));
    if (host != null) {
      onHost.computeIfPresent(host, (name, runs) -> runs == 1 ? null : runs - 1);
    }
    sites.release(claimed);
    started(claimed);
  }

  /** How many were claimed a short while ago, and have not started their backup yet. */
  int starting() {
    long now = System.nanoTime();
    starting.values().removeIf(since -> now - since > STARTING_NANOS);
    return starting.size();
  }

  private static Key key(Run run) {
    return new Key(run.id(), run.claim());
  }

  int size() {
    return hosts.size();
  }

  /** How many are on the web host of this site. */
  int onHostOf(String site) {
    return onHost.getOrDefault(hostOf.apply(site), 0);
  }

  boolean contains(String run, long claim) {
    return hosts.containsKey(new Key(run, claim));
  }
}
