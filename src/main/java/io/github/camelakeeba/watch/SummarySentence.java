package io.github.camelakeeba.watch;

import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.watch.Summary.NeedsYou;
import io.github.camelakeeba.watch.Summary.SiteAt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/**
 * Whether all is well, in one sentence; the worst wins.
 *
 * @param off sites that are switched off
 * @param withoutGood enabled sites that have no good backup at all
 * @param notProved enabled sites whose backup a restore did not prove, or none has for too long
 * @param unwritable the store takes no writes
 */
record SummarySentence(
    int sites,
    int off,
    int withoutGood,
    int notProved,
    Map<String, Integer> states,
    NeedsYou needs,
    boolean unwritable) {
  String level() {
    if (unwritable || needs.count() > 0) {
      return "failed";
    }
    if (undelivered()
        || !needs.triggers().isEmpty()
        || count(SiteState.WARNING) > 0
        || notProved > 0) {
      return "warning";
    }
    return withoutGood > 0 || off == sites ? "unknown" : "ok";
  }

  String text() {
    if (unwritable) {
      return "The service cannot write to its store.";
    }
    if (sites == 0) {
      return "There is no site.";
    }
    if (needs.count() > 0) {
      return needs.count() == 1
          ? "1 of %s needs you.".formatted(counted(sites, "site"))
          : "%s of %s need you.".formatted(needs.count(), counted(sites, "site"));
    }
    String good =
        good()
            + some(off == sites ? 0 : off, "switched off")
            + some(count(SiteState.PAUSED), "paused")
            + some(notProved, "not proved by a restore");
    if (undelivered()) {
      return good
          + (needs.parked() > 0
              ? ", but %s could not be delivered.".formatted(counted(needs.parked(), "message"))
              : ", but messages cannot be delivered.");
    }
    if (!needs.triggers().isEmpty()) {
      return good
          + ", but %s no requests."
              .formatted(
                  needs.triggers().size() == 1
                      ? "1 trigger takes"
                      : counted(needs.triggers().size(), "trigger") + " take");
    }
    return good + some(count(SiteState.WARNING), "with warnings") + ".";
  }

  private String good() {
    int on = sites - off;
    if (on == 0) {
      return sites == 1
          ? "The site is switched off"
          : "All %s are switched off".formatted(counted(sites, "site"));
    }
    if (withoutGood > 0) {
      return "%s of %s %s no good backup yet"
          .formatted(withoutGood, counted(on, "site"), withoutGood == 1 ? "has" : "have");
    }
    return on == 1
        ? "The site has a good backup"
        : "All %s have a good backup".formatted(counted(on, "site"));
  }

  private static String some(int number, String what) {
    return number == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", number, what);
  }

  private boolean undelivered() {
    return !needs.channels().isEmpty();
  }

  private int count(SiteState state) {
    return states.getOrDefault(state.word(), 0);
  }

  private static String counted(int number, String word) {
    return String.format(Locale.ROOT, "%,d %s%s", number, word, number == 1 ? "" : "s");
  }

  /** How old the oldest good backup is, and what begins next; empty where there is trouble. */
  String times(SiteAt oldest, SiteAt next, String nextName, Instant now) {
    if (unwritable || needs.count() > 0) {
      return "";
    }
    String age =
        oldest == null ? "" : " The oldest is %s old.".formatted(roughly(oldest.at(), now));
    return next == null
        ? age
        : age + " Next: %s in %s.".formatted(nextName, roughly(now, next.at()));
  }

  /** In its largest unit: days, hours or minutes. */
  private static String roughly(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    ChronoUnit unit =
        time.toDays() > 1
            ? ChronoUnit.DAYS
            : time.toHours() > 0 ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
    return time.toMinutes() < 1
        ? "less than a minute"
        : unit == ChronoUnit.HOURS
            ? time.toHours() + " h"
            : HumanFormat.duration(time.truncatedTo(unit));
  }
}
