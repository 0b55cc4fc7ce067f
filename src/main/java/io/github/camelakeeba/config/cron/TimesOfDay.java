package io.github.camelakeeba.config.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When on a day, as seconds, minutes and hours of Quartz.
 *
 * @param everyDay whether it needs no days: an interval says them by itself
 */
record TimesOfDay(String quartz, boolean everyDay) {
  private static final int HOUR = 3600; // seconds, as all numbers here
  private static final int MINUTE = 60;
  private static final int DAY = 24 * HOUR;
  private static final Set<String> AFTER_SECOND =
      Set.of(",", "every", "each", "daily", "weekdays", "weekends", "on", "in", "from");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})(?::(\\d{2}))?(?::(\\d{2}))?(?: ?([ap])\\.?m\\.?)?");

  /** Null: these words are no times. */
  static TimesOfDay read(Words words) {
    if (words.take("hourly")) {
      return interval(words, 1, "hour");
    }
    TimesOfDay interval = words.attempt(() -> every(words));
    if (interval != null) {
      return interval;
    }
    boolean at = words.take("at");
    List<Integer> times = words.list(() -> clock(words));
    if (times.isEmpty()) {
      if (at) {
        throw words.atEnd()
            ? words.unexpected()
            : new ScheduleProblem(
                "'%s' is not a time of day, such as 02:30 or 3am".formatted(words.peek()));
      }
      return null;
    }
    return new TimesOfDay(cron(new TreeSet<>(times), TimesOfDay::sameMinutes), false);
  }

  static TimesOfDay at(int hour) {
    return new TimesOfDay("0 0 " + hour, false);
  }

  private static TimesOfDay every(Words words) {
    if (!words.takeOneOf("every", "each")) {
      return null;
    }
    String number = words.peek().matches("\\d{1,4}") ? words.peek() : "1";
    words.take(number);
    String unit = words.peek().replaceFirst("s$", "");
    if (!List.of("hour", "minute", "second").contains(unit)) {
      return null;
    }
    boolean ordinal = words.take("second");
    words.take(unit + "s");
    words.take(unit);
    if (ordinal && !words.atEnd() && !AFTER_SECOND.contains(words.peek())) {
      return null; // every second monday
    }
    return interval(words, Integer.parseInt(number), unit);
  }

  private static TimesOfDay interval(Words words, int number, String unit) {
    int gap =
        number
            * switch (unit) {
              case "hour" -> HOUR;
              case "minute" -> MINUTE;
              default -> 1;
            };
    Integer from = words.attempt(() -> words.take("from") ? clock(words) : null);
    if (from != null && !unit.equals("second") && words.takeOneOf("to", "until")) {
      return between(from, required(words), gap);
    }
    checkEven(number, unit);
    if (unit.equals("second")) {
      return new TimesOfDay("%s * *".formatted(number == 1 ? "*" : "0/" + number), true);
    }
    if (from == null) {
      from = words.take("at") ? past(words, gap) : 0;
    }
    if (from >= gap) {
      throw new ScheduleProblem(
          "the first time of a day is before %s; write \"from %s\", or from when to when: \"from %s to 23:59\""
              .formatted(text(gap), text(from % gap), text(from)));
    }
    return new TimesOfDay(cron(times(from, DAY - 1, gap), null), true);
  }

  /** All around the day the last gap must be as long as the others. */
  private static void checkEven(int number, String unit) {
    boolean hours = unit.equals("hour");
    int whole = hours ? 24 : 60;
    if (number == whole) {
      throw new ScheduleProblem(
          "write \"%s\""
              .formatted(
                  hours
                      ? "daily at 02:30"
                      : unit.equals("minute") ? "every hour" : "every minute"));
    }
    if (number < 1 || whole % number != 0) {
      throw new ScheduleProblem(
          "%s %ss do not divide %s: write %s"
              .formatted(
                  number,
                  unit,
                  hours ? "a day" : unit.equals("minute") ? "an hour" : "a minute",
                  hours ? "1, 2, 3, 4, 6, 8 or 12" : "1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30"));
    }
  }

  /** Seconds past the hour: {@code :15}. */
  private static int past(Words words, int gap) {
    String minute = words.peek();
    if (gap < HOUR || !minute.matches(":[0-5]\\d")) {
      throw new ScheduleProblem(
          gap < HOUR
              ? "for minutes write \"from 00:05\" in place of \"at\""
              : "after \"at\" write the minute of the hour, such as \":15\"");
    }
    words.take(minute);
    return MINUTE * Integer.parseInt(minute.substring(1));
  }

  private static TimesOfDay between(int from, int to, int gap) {
    if (to < from) {
      throw new ScheduleProblem(
          "it ends at %s, before it begins at %s; a day goes from 00:00 to 23:59"
              .formatted(text(to), text(from)));
    }
    if (gap < 1) {
      throw new ScheduleProblem("0 is no interval: write 1 or more");
    }
    return new TimesOfDay(
        cron(times(from, to, gap), times -> wholeHours(from, to, gap, times)), true);
  }

  private static String wholeHours(int from, int to, int gap, SortedSet<Integer> times) {
    if (HOUR % gap != 0) {
      return sameMinutes(times);
    }
    int first = from - from % HOUR + from % gap;
    int last = to - to % HOUR + HOUR - gap + from % gap;
    return "a schedule fires at the same minutes of each of its hours: write \"from %s to %s\""
        .formatted(text(first), text(last));
  }

  private static SortedSet<Integer> times(int from, int to, int gap) {
    SortedSet<Integer> times = new TreeSet<>();
    for (int time = from; time <= to; time += gap) {
      times.add(time);
    }
    return times;
  }

  private static int required(Words words) {
    Integer time = clock(words);
    if (time == null) {
      throw new ScheduleProblem(
          "'%s' is not a time of day, such as 02:30 or 3am".formatted(words.peek()));
    }
    return time;
  }

  /** Seconds since midnight; null: no time of day. */
  private static Integer clock(Words words) {
    String word = words.peek();
    if (words.take("noon")) {
      return DAY / 2;
    }
    if (words.take("midnight")) {
      return 0;
    }
    Matcher clock = CLOCK.matcher(word);
    boolean matches = clock.matches() && (clock.group(2) != null || clock.group(4) != null);
    if (!matches) {
      return null;
    }
    int hour = Integer.parseInt(clock.group(1));
    int minute = clock.group(2) == null ? 0 : Integer.parseInt(clock.group(2));
    int second = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
    boolean half = clock.group(4) != null;
    if (half ? hour < 1 || hour > 12 : hour > 23) {
      throw new ScheduleProblem("'%s' is not a time of day, such as 02:30 or 3am".formatted(word));
    }
    if (minute > 59 || second > 59) {
      throw new ScheduleProblem("'%s' is not a time of day, such as 02:30 or 3am".formatted(word));
    }
    words.take(word);
    int of24 = half ? hour % 12 + (clock.group(4).equals("p") ? 12 : 0) : hour;
    return of24 * HOUR + minute * MINUTE + second;
  }

  /** Each hour with each minute; a time that this adds is a problem. */
  private static String cron(
      SortedSet<Integer> times, Function<SortedSet<Integer>, String> problem) {
    SortedSet<Integer> seconds = part(times, time -> time % MINUTE);
    SortedSet<Integer> minutes = part(times, time -> time % HOUR / MINUTE);
    SortedSet<Integer> hours = part(times, time -> time / HOUR);
    if (seconds.size() * minutes.size() * hours.size() > times.size()) {
      throw new ScheduleProblem(problem.apply(times));
    }
    return "%s %s %s"
        .formatted(
            CronField.SECOND.quartz(seconds),
            CronField.MINUTE.quartz(minutes),
            CronField.HOUR.quartz(hours));
  }

  private static SortedSet<Integer> part(SortedSet<Integer> times, UnaryOperator<Integer> part) {
    return times.stream().map(part).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String sameMinutes(SortedSet<Integer> times) {
    int first = times.first() % HOUR;
    List<String> same = new ArrayList<>();
    part(times, time -> time / HOUR).forEach(hour -> same.add(text(hour * HOUR + first)));
    return "a schedule fires at the same minutes of each of its hours: write \"at %s\""
        .formatted(String.join(", ", same));
  }

  private static String text(int time) {
    String clock = String.format(Locale.ROOT, "%02d:%02d", time / HOUR, time % HOUR / MINUTE);
    return time % MINUTE == 0 ? clock : clock + String.format(Locale.ROOT, ":%02d", time % MINUTE);
  }
}
