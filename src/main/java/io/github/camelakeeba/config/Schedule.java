package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Sha256;
import java.time.ZoneId;

/**
 * When sites are due: what many sites may have in common.
 *
 * @param cron Quartz cron expression
 */
@Internal
public record Schedule(String cron, ZoneId zone) {
  private static final int MAX_NAME_LENGTH = 200;
  private static final int KEPT_LENGTH = 130;

  /** Null: the site has none. */
  public static Schedule of(Site site) {
    return site.schedule() == null ? null : new Schedule(site.schedule(), site.zone());
  }

  /** What tells it from any other, in at most 200 characters. */
  public String name() {
    String name = cron + " " + zone;
    return name.length() <= MAX_NAME_LENGTH
        ? name
        : name.substring(0, KEPT_LENGTH) + "~" + Sha256.hex(name);
  }

  /** The same with 0 for a minute and a second that are numbers: its gaps are as long. */
  Schedule onTheHour() {
    return new Schedule(cron.replaceFirst("^\\d+\\s+\\d+\\s", "0 0 "), zone);
  }

  /** Computes its times; each call reads the expression anew. */
  public FireTimes fireTimes() {
    return new FireTimes(cron, zone);
  }
}
