package io.github.camelakeeba.watch;

import io.github.camelakeeba.config.ScheduleCalculator;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The orders of a list of sites; those that are equal by it, by name. */
public enum SiteOrder {
  NAME("name"),
  /** The worst first: {@link SiteState}. */
  STATE("state"),
  /** The oldest first, and before it those that have none. */
  LAST_GOOD("lastGood"),
  SIZE("size"),
  DURATION("duration"),
  NEXT_RUN("nextRun");

  private final String word;

  SiteOrder(String word) {
    this.word = word;
  }

  /** As in the API; with a dash before it the other way around. */
  public String word() {
    return word;
  }

  /** By word, with and without the dash; by state there is one way only. */
  public static Map<String, Sort> sorts() {
    Map<String, Sort> sorts = new LinkedHashMap<>();
    for (SiteOrder order : values()) {
      sorts.put(order.word, new Sort(order, false));
      if (order != STATE) {
        sorts.put("-" + order.word, new Sort(order, true));
      }
    }
    return sorts;
  }

  public record Sort(SiteOrder order, boolean descending) {
    public static final Sort BY_NAME = new Sort(NAME, false);

    /** Of what a site has none is always last, but for the last good backup: none is the oldest. */
    Comparator<SiteStanding> comparator(Instant now, ScheduleCalculator schedules) {
      Comparator<SiteStanding> name = Comparator.comparing(one -> one.site().name());
      Comparator<SiteStanding> by =
          switch (order) {
            case NAME -> descending ? name.reversed() : name;
            case STATE -> Comparator.comparing(one -> one.state(now));
            case LAST_GOOD -> nulls(SiteStanding::lastGood, descending, !descending);
            case SIZE -> nulls(SiteStanding::size, descending, false);
            case DURATION -> nulls(SiteStanding::durationMillis, descending, false);
            case NEXT_RUN -> {
              Map<String, Instant> known = new HashMap<>();
              yield nulls(
                  one ->
                      known.computeIfAbsent(
                          one.site().name(),
                          site -> one.site().enabled() ? one.nextFire(schedules, now) : null),
                  descending,
                  false);
            }
          };
      return by.thenComparing(name);
    }

    private static <T extends Comparable<? super T>> Comparator<SiteStanding> nulls(
        Function<SiteStanding, T> key, boolean descending, boolean nullsFirst) {
      Comparator<T> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
      return Comparator.comparing(
          key, nullsFirst ? Comparator.nullsFirst(values) : Comparator.nullsLast(values));
    }
  }
}
