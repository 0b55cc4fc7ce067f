package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Endpoint.Version;
import io.github.camelakeeba.site.Product;
import io.github.camelakeeba.site.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the API of a site may be (protocol page, section 2), in the order in which it is asked. */
final class Candidates {
  private Candidates() {}

  private record Door(String below, Product product, Version version) {}

  private static final List<Door> DOORS =
      List.of(
          new Door("api/index.php/v3/akeebabackup", Product.JOOMLA, Version.V3),
          new Door("api/index.php/v2/akeebabackup", Product.JOOMLA, Version.V2),
          new Door(
              "index.php?option=com_akeebabackup&view=api&format=raw", Product.JOOMLA, Version.V2),
          new Door("index.php?option=com_akeeba&view=api&format=raw", Product.JOOMLA, Version.V2),
          new Door(
              "wp-admin/admin-ajax.php?action=akeebabackup_api", Product.WORDPRESS, Version.V2),
          new Door("index.php?view=api&format=raw", Product.SOLO, Version.V2),
          new Door("remote.php", Product.SOLO, Version.V2),
          // only where URL rewriting is on; last, since all that have it have another door too, but
          // for those whose web server hides index.php
          new Door("api/v3/akeebabackup", Product.JOOMLA, Version.V3));

  /** Those for which the site has a credential; first those that the pasted address points to. */
  static List<Endpoint> of(Site site) {
    Product told = site.address().product();
    List<Endpoint> candidates = new ArrayList<>();
    for (Door door : DOORS) {
      if ((door.version() == Version.V3 ? site.token() : site.secret()) != null) {
        candidates.add(
            new Endpoint(site.url().resolve(door.below()), door.product(), door.version()));
      }
    }
    candidates.sort(Comparator.comparing(each -> told != null && each.product() != told));
    return candidates;
  }
}
