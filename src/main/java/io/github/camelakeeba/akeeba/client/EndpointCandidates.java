package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.config.AkeebaProduct;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.ApiEndpoint.Version;
import io.github.camelakeeba.config.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the API of a site may be (protocol page, section 2), in the order in which it is asked. */
final class EndpointCandidates {
  private EndpointCandidates() {}

  private record Candidate(String below, AkeebaProduct product, Version version) {}

  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate("api/index.php/v3/akeebabackup", AkeebaProduct.JOOMLA, Version.V3),
          new Candidate("api/index.php/v2/akeebabackup", AkeebaProduct.JOOMLA, Version.V2),
          new Candidate(
              "index.php?option=com_akeebabackup&view=api&format=raw",
              AkeebaProduct.JOOMLA,
              Version.V2),
          new Candidate(
              "index.php?option=com_akeeba&view=api&format=raw", AkeebaProduct.JOOMLA, Version.V2),
          new Candidate(
              "wp-admin/admin-ajax.php?action=akeebabackup_api",
              AkeebaProduct.WORDPRESS,
              Version.V2),
          new Candidate("index.php?view=api&format=raw", AkeebaProduct.SOLO, Version.V2),
          new Candidate("remote.php", AkeebaProduct.SOLO, Version.V2),
          // only where URL rewriting is on; last, since all that have it have another endpoint too,
          // but
          // for those whose web server hides index.php
          new Candidate("api/v3/akeebabackup", AkeebaProduct.JOOMLA, Version.V3));

  /** Those for which the site has a credential; first those that the pasted address points to. */
  static List<ApiEndpoint> of(Site site) {
    AkeebaProduct told = site.address().product();
    List<ApiEndpoint> candidates = new ArrayList<>();
    for (Candidate door : CANDIDATES) {
      if ((door.version() == Version.V3 ? site.token() : site.secret()) != null) {
        candidates.add(
            new ApiEndpoint(site.url().resolve(door.below()), door.product(), door.version()));
      }
    }
    candidates.sort(Comparator.comparing(each -> told != null && each.product() != told));
    return candidates;
  }
}
