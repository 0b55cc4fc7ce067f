package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * Schedules as people say them: {@code 0 30 2 * * ?} is "at 02:30 every day". The words are made of
 * what Quartz has read, not of the text, so that they say when it fires ({@code L} as day of the
 * week is Saturday there). What has no short words keeps its expression. Thread-safe.
 */
@Internal
public final class ScheduleInWords {
  private static final int DAY = 24 * 60;
  private static final int MAX_LISTED = 6;
  private static final int LAST_DAY = 62; // Quartz's number of L; that of L-3 is 59

  private final Map<String, String> words = new ConcurrentHashMap<>();

  /** As {@link #of}, but reads each expression once. Null for null: a site without a schedule. */
  public String words(String cron) {
    return cron == null ? null : words.computeIfAbsent(cron, ScheduleInWords::of);
  }

  /** The expression itself where it has no short words, or is none. */
  public static String of(String cron) {
    try {
      return new Fields(CronExpressions.parse(cron, ZoneOffset.UTC)).words().orElse(cron);
    } catch (IllegalArgumentException e) {
      return cron;
    }
  }

  /** What fires, by the names of {@link CronExpression#getExpressionSummary}. */
  private static final class Fields {
    private final Map<String, String> summary = new HashMap<>();

    Fields(CronExpression expression) {
      for (String line : expression.getExpressionSummary().split("\n")) {
        String[] pair = line.split(": ?", 2);
        summary.put(pair[0], pair.length == 2 ? pair[1] : "");
      }
    }

    Optional<String> words() {
      return times().flatMap(times -> days().flatMap(days -> joined(times, days)));
    }

    private Optional<String> joined(String times, String days) {
      boolean always = times.startsWith("every") && !times.contains(" to ");
      String text = always && days.equals("every day") ? times : times + " " + days;
      return years().map(years -> text + years);
    }

    private Optional<String> times() {
      List<Integer> seconds = numbers("seconds", 0, 59);
      List<Integer> minutes = numbers("minutes", 0, 59);
      List<Integer> hours = numbers("hours", 0, 23);
      int second = seconds.get(0);
      if (seconds.size() > 1) {
        boolean always = minutes.size() == 60 && hours.size() == 24;
        return always && second == 0
            ? step(seconds, 60).map(gap -> every(gap, "second"))
            : Optional.empty();
      }
      List<Integer> times =
          hours.stream().flatMap(h -> minutes.stream().map(m -> 60 * h + m)).toList();
      Optional<String> even = times.size() < 3 ? Optional.empty() : evenly(times, second);
      if (even.isPresent()) {
        return even;
      }
      return times.size() > MAX_LISTED
          ? Optional.empty()
          : Optional.of("at " + list(times.stream().map(time -> clock(time, second)).toList()));
    }

    /** All around the day, or so many between two times that a list would be long. */
    private static Optional<String> evenly(List<Integer> times, int second) {
      Optional<Integer> around = step(times, DAY);
      if (around.isPresent() || times.size() <= MAX_LISTED) {
        return around.map(gap -> interval(gap, times.get(0), second));
      }
      String last = clock(times.get(times.size() - 1), second);
      return step(times, 0)
          .map(gap -> interval(gap, 0, 0) + " from " + clock(times.get(0), second) + " to " + last);
    }

    private static String interval(int gap, int first, int second) {
      String every = gap % 60 == 0 ? every(gap / 60, "hour") : every(gap, "minute");
      boolean plain = second == 0 && first == 0;
      return plain || gap == 1 ? every : every + " from " + clock(first, second);
    }

    /** The gap of all, also from the last around to the first; {@code around} 0: only between. */
    private static Optional<Integer> step(List<Integer> numbers, int around) {
      if (numbers.size() < 2) {
        return Optional.empty();
      }
      int gap = numbers.get(1) - numbers.get(0);
      boolean even =
          IntStream.range(1, numbers.size())
              .allMatch(i -> numbers.get(i) - numbers.get(i - 1) == gap);
      boolean whole = around == 0 || gap * numbers.size() == around;
      return even && whole ? Optional.of(gap) : Optional.empty();
    }

    private Optional<String> days() {
      String month = summary.get("daysOfMonth");
      String week = summary.get("daysOfWeek");
      String nearest = summary.get("nearestWeekdays");
      if (month == null || week == null || nearest == null) {
        return Optional.empty(); // a Quartz that says it in another way
      }
      if (!week.matches("[*?]")) {
        return weekdays();
      }
      if (month.matches("[*?]")) {
        return Optional.of("every day" + months(" in "));
      }
      List<String> days = new ArrayList<>();
      if (!month.isEmpty()) {
        numbers("daysOfMonth", 1, 31).forEach(day -> days.add(dayOfMonth(day)));
      }
      if (!nearest.isEmpty()) {
        numbers("nearestWeekdays", 1, 31).forEach(day -> days.add(weekdayNearest(day)));
      }
      return days.size() > MAX_LISTED
          ? Optional.empty()
          : Optional.of("on " + list(days) + ofMonths());
    }

    private Optional<String> weekdays() {
      List<Integer> numbers = numbers("daysOfWeek", 1, 7);
      List<String> names =
          Stream.of(2, 3, 4, 5, 6, 7, 1)
              .filter(numbers::contains)
              .map(
                  day ->
                      DayOfWeek.of(day == 1 ? 7 : day - 1)
                          .getDisplayName(TextStyle.FULL, Locale.ENGLISH))
              .toList();
      if ("true".equals(summary.get("lastDayOfWeek"))) {
        return Optional.of("on the last " + names.get(0) + ofMonths());
      }
      int which = Integer.parseInt(summary.getOrDefault("NthDayOfWeek", "0"));
      if (which > 0) {
        return Optional.of("on the " + ordinal(which) + " " + names.get(0) + ofMonths());
      }
      boolean row =
          names.size() > 2 && step(fromMonday(numbers), 0).filter(gap -> gap == 1).isPresent();
      String days =
          names.size() == 7
              ? "every day"
              : row
                  ? "from %s to %s".formatted(names.get(0), names.get(names.size() - 1))
                  : "every " + list(names);
      return Optional.of(days + months(" in "));
    }

    private static List<Integer> fromMonday(List<Integer> days) {
      return days.stream().map(day -> (day + 5) % 7).sorted().toList();
    }

    private static String dayOfMonth(int day) {
      return switch (LAST_DAY - day) {
        case 0 -> "the last day";
        case 1 -> "the day before the last";
        default ->
            day > 31
                ? "the %s day before the last".formatted(ordinal(LAST_DAY - day))
                : "the " + ordinal(day);
      };
    }

    private static String weekdayNearest(int day) {
      return day == LAST_DAY
          ? "the last weekday"
          : day > 31
              ? "the weekday nearest to " + dayOfMonth(day)
              : "the weekday nearest to the " + ordinal(day);
    }

    private String ofMonths() {
      String months = months(" of ");
      return months.isEmpty() ? " of every month" : months;
    }

    private String months(String before) {
      List<Integer> months = numbers("months", 1, 12);
      return months.size() == 12
          ? ""
          : before
              + list(
                  months.stream()
                      .map(month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                      .toList());
    }

    /** Empty where they are more than words can say. */
    private Optional<String> years() {
      String years = summary.getOrDefault("years", "");
      if (years.equals("*")) {
        return Optional.of("");
      }
      List<Integer> numbers = numbers("years", 0, 0);
      boolean row = step(numbers, 0).filter(gap -> gap == 1).isPresent();
      return numbers.size() > 2 && row
          ? Optional.of(", %s to %s".formatted(numbers.get(0), numbers.get(numbers.size() - 1)))
          : numbers.size() > MAX_LISTED
              ? Optional.empty()
              : Optional.of(" in " + list(numbers.stream().map(String::valueOf).toList()));
    }

    private List<Integer> numbers(String field, int first, int last) {
      String text = summary.getOrDefault(field, "");
      return text.matches("[*?]")
          ? IntStream.rangeClosed(first, last).boxed().toList()
          : Stream.of(text.split(",")).map(Integer::valueOf).toList();
    }

    private static String every(int gap, String unit) {
      return gap == 1 ? "every " + unit : "every %s %ss".formatted(gap, unit);
    }

    private static String clock(int minutes, int second) {
      String clock = String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
      return second == 0 ? clock : clock + String.format(Locale.ROOT, ":%02d", second);
    }

    private static String list(List<String> items) {
      int last = items.size() - 1;
      return last == 0
          ? items.get(0)
          : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    private static String ordinal(int number) {
      String ending =
          number / 10 == 1
              ? "th"
              : switch (number % 10) {
                case 1 -> "st";
                case 2 -> "nd";
                case 3 -> "rd";
                default -> "th";
              };
      return number + ending;
    }
  }
}
