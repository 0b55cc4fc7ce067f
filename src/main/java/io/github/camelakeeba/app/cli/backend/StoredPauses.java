package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.OfflineHome;
import io.github.camelakeeba.watch.SiteView;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pauses that last, for a command that needs the store for nothing else.
 *
 * @param bySite those of paused sites
 * @param problem why they are not known, or null
 */
public record StoredPauses(Map<String, SitePause> bySite, String problem) {
  /** Looks at no store where there is none yet. */
  public static StoredPauses of(Home home, Optional<OfflineHome> read) {
    if (read.isPresent() && !read.get().hasStore()) {
      return new StoredPauses(Map.of(), null);
    }
    try (StoreReader store = StoreReader.open(home)) {
      return new StoredPauses(
          store.status().sites().stream()
              .filter(site -> site.paused() != null)
              .collect(Collectors.toMap(SiteView::site, SiteView::paused)),
          null);
    } catch (Exception e) {
      return new StoredPauses(
          Map.of(), UntrustedText.asReason(SecretMasker.mask(String.valueOf(e.getMessage()))));
    }
  }
}
