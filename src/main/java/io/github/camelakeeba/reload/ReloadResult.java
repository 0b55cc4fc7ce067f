package io.github.camelakeeba.reload;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a reload has changed.
 *
 * @param taken always true: a configuration that is refused makes no result
 * @param sites how many there are now
 * @param added names of sites, as are the next two
 * @param changed anything of them, such as a secret or a tag
 * @param needsRestart what has changed, but holds from the next start on only, a sentence each
 */
public record ReloadResult(
    boolean taken,
    int sites,
    List<String> added,
    List<String> removed,
    List<String> changed,
    List<String> needsRestart,
    String fingerprint,
    Instant at) {
  static ReloadResult of(
      Configuration before, Configuration next, List<String> needsRestart, Instant at) {
    Map<String, Site> old = before.sites();
    Map<String, Site> now = next.sites();
    return new ReloadResult(
        true,
        now.size(),
        now.keySet().stream().filter(name -> !old.containsKey(name)).toList(),
        old.keySet().stream().filter(name -> !now.containsKey(name)).toList(),
        now.values().stream()
            .filter(site -> old.containsKey(site.name()) && !site.equals(old.get(site.name())))
            .map(Site::name)
            .toList(),
        needsRestart,
        next.fingerprint(),
        at);
  }
}
