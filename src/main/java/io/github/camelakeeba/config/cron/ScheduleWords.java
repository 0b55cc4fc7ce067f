package io.github.camelakeeba.config.cron;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A schedule in words, such as {@code daily at 02:30}: days and times in either order, then maybe
 * months and years. The grammar stands in {@code docs/reference/configuration.md}.
 */
public final class ScheduleWords {
  private static final Set<String> KNOWN =
      new TreeSet<>(
          List.of(
              "every each day night morning evening daily nightly hourly weekly monthly month weekday weekdays weekend weekends on the of in at from to until and last first second third fourth fifth nearest before noon midnight hour hours minute minutes seconds am pm"
                  .split(" ")));

  /** What people write, and how it is written here. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "everyday", "every day",
          "workdays", "weekdays",
          "workday", "weekday",
          "through", "to",
          "till", "to",
          "h", "hours",
          "min", "minutes",
          "o", "",
          "clock", "");

  static {
    Stream.concat(Stream.of(DayOfWeek.values()), Stream.of(Month.values()))
        .map(name -> name.toString().toLowerCase(Locale.ROOT))
        .forEach(name -> KNOWN.addAll(List.of(name, name + "s", name.substring(0, 3))));
  }

  private final Integer hour;
  private final BiFunction<String, Collection<String>, Optional<String>> nearest;

  /**
   * @param hour of the day for days without a time; null: a time is required
   * @param nearest of the words that there are the one that was meant, if any
   */
  public ScheduleWords(
      Integer hour, BiFunction<String, Collection<String>, Optional<String>> nearest) {
    this.hour = hour;
    this.nearest = nearest;
  }

  /** For Quartz. Throws {@link ScheduleProblem} with what was probably meant. */
  public String quartz(String text) {
    List<String> words = Words.of(text);
    try {
      return read(words);
    } catch (ScheduleProblem problem) {
      throw meant(text)
          .map(
              line ->
                  new ScheduleProblem(
                      "%s; did you mean \"%s\"?".formatted(problem.getMessage(), line)))
          .orElse(problem);
    }
  }

  private String read(List<String> texts) {
    Words words = new Words(texts);
    TimesOfDay times = null;
    Days days = null;
    String months = null;
    String years = null;
    while (!words.atEnd()) {
      words.take(",");
      TimesOfDay time = times == null ? TimesOfDay.read(words) : null;
      Days day = time == null && days == null ? Days.read(words) : null;
      if (time != null) {
        times = time;
      } else if (day != null) {
        days = day;
      } else if (words.takeOneOf("of", "in") && (times != null || days != null)) {
        String read = months == null ? months(words) : null;
        months = read == null ? months : read;
        years = read == null ? years(words, years) : years;
      } else if (times != null || days != null) {
        years = years(words, years);
      } else {
        throw words.unexpected();
      }
    }
    return line(times, days, months, years);
  }

  private String line(TimesOfDay times, Days days, String months, String years) {
    if (times == null && (days == null || hour == null)) {
      throw new ScheduleProblem("it has no time of day");
    }
    if (days == null && !times.everyDay()) {
      throw new ScheduleProblem("it has no days");
    }
    Days on = days == null ? Days.all() : days;
    return "%s %s %s %s%s"
        .formatted(
            (times == null ? TimesOfDay.at(hour) : times).quartz(),
            on.ofMonth(),
            months == null ? "*" : months,
            on.ofWeek(),
            years == null ? "" : " " + years);
  }

  /** Null: no month follows. */
  private static String months(Words words) {
    if (words.take("every", "month") || words.take("each", "month")) {
      return "*";
    }
    List<Integer> months = words.list(() -> Days.month(words));
    return months.isEmpty() ? null : CronField.MONTH.quartz(new TreeSet<>(months));
  }

  private static String years(Words words, String before) {
    List<String> years = before == null ? words.list(() -> year(words)) : List.of();
    if (years.isEmpty()) {
      throw words.unexpected();
    }
    return years.size() == 1 && words.take("to")
        ? years.get(0) + "-" + Optional.ofNullable(year(words)).orElseThrow(words::unexpected)
        : String.join(",", years);
  }

  private static String year(Words words) {
    String word = words.peek();
    return word.matches("(19[7-9]|20\\d)\\d") && words.take(word) ? word : null;
  }

  /** The text with words that there are, if it is a schedule then. */
  private Optional<String> meant(String text) {
    String colons =
        text.toLowerCase(Locale.ROOT).replaceAll("\\b(\\d{1,2})[.h](\\d{2})\\b", "$1:$2");
    String line = String.join(" ", corrected(Words.of(colons))).replace(" ,", ",");
    return Stream.of(line, "daily at " + line, "daily " + line, line + " at 02:00")
        .filter(this::isSchedule)
        .findFirst();
  }

  private boolean isSchedule(String text) {
    try {
      read(Words.of(text));
      return true;
    } catch (ScheduleProblem e) {
      return false;
    }
  }

  private List<String> corrected(List<String> words) {
    List<String> corrected = new ArrayList<>();
    IntStream.range(0, words.size())
        .mapToObj(i -> corrected(words.get(i), i == 0 ? "" : words.get(i - 1)))
        .filter(word -> !word.isEmpty())
        .forEach(corrected::add);
    return corrected;
  }

  private String corrected(String word, String before) {
    if (word.matches("\\d{1,2}") && before.equals("at")) {
      return (word.length() == 1 ? "0" : "") + word + ":00";
    }
    if (!word.matches("\\p{L}+") || KNOWN.contains(word)) {
      return word;
    }
    return OTHERWISE.getOrDefault(word, nearest.apply(word, KNOWN).orElse(word));
  }
}
