package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.config.AkeebaProduct;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.ApiEndpoint.Version;
import io.github.camelakeeba.config.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the API of a site may be, in the order in which it is asked. */
final class EndpointCandidates {
  private EndpointCandidates() {}

  private record Candidate(String path, AkeebaProduct product, Version version) {}

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
          // only where URL rewriting is on; last, since nearly all have another endpoint too
          new Candidate("api/v3/akeebabackup", AkeebaProduct.JOOMLA, Version.V3));

  /** Those for which the site has a credential; first those that the pasted address points to. */
  static List<ApiEndpoint> of(Site site) {
    AkeebaProduct product = site.address().product();
    List<ApiEndpoint> candidates = new ArrayList<>();
    for (Candidate candidate : CANDIDATES) {
      if ((candidate.version() == Version.V3 ? site.token() : site.secret()) != null) {
        candidates.add(
            new ApiEndpoint(
                site.url().resolve(candidate.path()), candidate.product(), candidate.version()));
      }
    }
    candidates.sort(Comparator.comparing(each -> product != null && each.product() != product));
    return candidates;
  }
}
