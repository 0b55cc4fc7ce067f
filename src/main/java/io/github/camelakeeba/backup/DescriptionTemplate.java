package io.github.camelakeeba.backup;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Fills {@code {site} {date} {time} {profile}} of a backup's description. */
public final class DescriptionTemplate {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Clock clock;

  public DescriptionTemplate(Clock clock) {
    this.clock = clock;
  }

  /**
   * The text with its placeholders filled; a blank one is the site's own: the server would put one
   * of its making in its place, and a lost start could not be found again.
   */
  public String fill(String text, Run run, Site site) {
    ZonedDateTime now = clock.instant().atZone(site.zone());
    return (text.isBlank() ? site.description() : text)
        .replace("{site}", site.name())
        .replace("{date}", DATE.format(now))
        .replace("{time}", TIME.format(now))
        .replace("{profile}", String.valueOf(run.request().profile()));
  }
}
