package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.OfflineHome;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pauses that last, and what the nodes run with, for a command that needs the store for nothing
 * else.
 *
 * @param pauses those of paused sites
 * @param configurations the fingerprints of what the living nodes run with, each once
 * @param problem why they are not known, or null
 */
public record StoredState(
    Map<String, SitePause> pauses, List<String> configurations, String problem) {
  /**
   * That what runs is not this configuration, in a sentence; null: it is, or nothing runs.
   *
   * @param fingerprint that of this one
   */
  public String difference(String fingerprint) {
    if (configurations.isEmpty() || configurations.equals(List.of(fingerprint))) {
      return null;
    }
    return configurations.size() == 1
        ? "what runs has another configuration than this one; 'reload' takes this one"
        : "the running nodes have %s different configurations, %s; change the files of all nodes, then give 'reload' on each"
            .formatted(
                configurations.size(),
                configurations.contains(fingerprint)
                    ? "one of them this one"
                    : "none of them this one");
  }

  /** Looks at no store where there is none yet. */
  public static StoredState of(Home home, Optional<OfflineHome> read) {
    if (read.isPresent() && !read.get().hasStore()) {
      return new StoredState(Map.of(), List.of(), null);
    }
    try (StoreReader store = StoreReader.open(home)) {
      StatusView status = store.status();
      return new StoredState(
          status.sites().stream()
              .filter(site -> site.paused() != null)
              .collect(Collectors.toMap(SiteView::site, SiteView::paused)),
          // null: a serve of an earlier version
          status.configurations() == null ? List.of() : status.configurations(),
          null);
    } catch (Exception e) {
      return new StoredState(
          Map.of(),
          List.of(),
          UntrustedText.asReason(SecretMasker.mask(String.valueOf(e.getMessage()))));
    }
  }
}
