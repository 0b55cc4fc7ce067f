package io.github.camelakeeba.watch;

import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.run.store.SiteDays.DayEnd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * How the days of UTC of a site went, a letter each, the oldest first. The worst of what happened
 * on a day wins: {@code m} missed, {@code f} failed, {@code w} warning, {@code c} completed; where
 * nothing happened {@code p} is a day with a pause, {@code -} one on which nothing was due, {@code
 * .} one before the site was known. {@code r} is today while a run is going on, unless the day has
 * worse than a completed one.
 */
public final class DayStrip {
  private static final String WORSE_THAN_RUNNING = "mfw";

  private final LocalDate first;
  private final LocalDate today;
  private final char[] letters;

  private DayStrip(LocalDate first, LocalDate today, char[] letters) {
    this.first = first;
    this.today = today;
    this.letters = letters;
  }

  /**
   * From the first day to the last, today.
   *
   * @param known the first day of which anything is known of the site; null: none
   */
  static DayStrip of(LocalDate first, LocalDate today, LocalDate known, List<DayEnd> ends) {
    int days = Math.max(0, (int) ChronoUnit.DAYS.between(first, today) + 1);
    DayStrip strip = new DayStrip(first, today, new char[days]);
    Arrays.fill(strip.letters, '.');
    if (known != null) {
      int begin = (int) Math.max(0, ChronoUnit.DAYS.between(first, known));
      Arrays.fill(strip.letters, Math.min(begin, days), days, '-');
    }
    for (DayEnd end : ends) {
      int place = strip.place(end.day());
      if (place >= 0 && place < days) {
        strip.letters[place] = end.worst().charAt(0);
      }
    }
    return strip;
  }

  private int place(LocalDate day) {
    return (int) ChronoUnit.DAYS.between(first, day);
  }

  /** With what may change at any moment: the pauses, and whether a run is going on. */
  String letters(List<SitePause> pauses, boolean running, Instant now) {
    char[] shown = pauses.isEmpty() && !running ? letters : letters.clone();
    for (SitePause pause : pauses) {
      LocalDate end =
          pause.until() == null || pause.until().isAfter(now) ? today : day(pause.until());
      int last = Math.min(place(end), shown.length - 1);
      for (int i = Math.max(0, place(day(pause.since()))); i <= last; i++) {
        shown[i] = shown[i] == '-' ? 'p' : shown[i];
      }
    }
    int last = shown.length - 1;
    if (running && last >= 0 && WORSE_THAN_RUNNING.indexOf(shown[last]) < 0) {
      shown[last] = 'r';
    }
    return new String(shown);
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
