package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;

/** In which zone a message that concerns several sites shows the time. */
final class DisplayZone {
  /** As people write it: an offset of nothing would be shown as "Z". */
  static final ZoneId UTC = ZoneId.of("UTC");

  private DisplayZone() {}

  static ZoneId common(Collection<String> names, Map<String, Site> sites) {
    ZoneId common = null;
    for (String name : names) {
      ZoneId zone = of(sites.get(name));
      if (common != null && !common.equals(zone)) {
        return null;
      }
      common = zone;
    }
    return common;
  }

  /** The site's zone; UTC for one that is not configured any more. */
  static ZoneId of(Site site) {
    return site == null ? UTC : site.zone();
  }
}
