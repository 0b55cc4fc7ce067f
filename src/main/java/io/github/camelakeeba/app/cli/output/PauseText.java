package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.watch.SiteView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A pause in words, with times in the zone of its site. */
public final class PauseText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

  private PauseText() {}

  /** Until when. */
  public static String shortly(SitePause pause, String zone) {
    return "paused until "
        + (pause.until() == null ? "it is resumed" : time(pause.until(), ZoneId.of(zone)));
  }

  /** Also since when, by whom and why. */
  public static String whole(SitePause pause, String zone) {
    return "%s, since %s, by %s%s"
        .formatted(
            shortly(pause, zone),
            time(pause.since(), ZoneId.of(zone)),
            UntrustedText.asName(pause.by()),
            pause.reason() == null ? "" : ": " + UntrustedText.asReason(pause.reason()));
  }

  /**
   * Of a backup that is taken all the same.
   *
   * @param zone null: this machine's
   */
  public static String notHeeded(String site, SitePause pause, String zone) {
    return "%s is %s. A pause skips the schedule only: this backup is taken."
        .formatted(site, whole(pause, zone == null ? ZoneId.systemDefault().getId() : zone));
  }

  /** What has become of a site that was paused or resumed. */
  public static String sentence(SiteView site) {
    return site.paused() == null
        ? site.site() + " is not paused."
        : site.site() + " is " + whole(site.paused(), site.zone()) + ".";
  }

  private static String time(Instant time, ZoneId zone) {
    return TIME.format(time.atZone(zone));
  }
}
