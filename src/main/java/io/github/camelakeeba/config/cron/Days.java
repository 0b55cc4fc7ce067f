package io.github.camelakeeba.config.cron;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** On which days: day of month and day of week of Quartz, one of them {@code ?}. */
record Days(String ofMonth, String ofWeek) {
  private static final Days ALL = new Days("*", "?");
  private static final SortedSet<Integer> WORKDAYS = new TreeSet<>(List.of(1, 2, 3, 4, 5));
  private static final SortedSet<Integer> WEEKEND = new TreeSet<>(List.of(0, 6));
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");
  private static final int SURE = 27; // days before the last that each month has

  /** Of a part with {@code ofMonth} "*" and {@code ofWeek} "?". */
  static Days all() {
    return ALL;
  }

  /** Null: these words are no days. */
  static Days read(Words words) {
    if (words.takeOneOf("daily", "nightly")) {
      return ALL;
    }
    if (words.takeOneOf("weekdays")) {
      return weekdays(WORKDAYS);
    }
    if (words.takeOneOf("weekends")) {
      return weekdays(WEEKEND);
    }
    if (words.take("weekly")) {
      return weekly(words);
    }
    if (words.take("monthly")) {
      return words.take("on") ? ofMonth(words) : new Days("1", "?");
    }
    if (words.takeOneOf("every", "each")) {
      return every(words);
    }
    if (words.take("on")) {
      SortedSet<Integer> days = kinds(words);
      return days == null ? ofMonth(words) : weekdays(days);
    }
    boolean from = words.take("from");
    SortedSet<Integer> days = names(words);
    if (from && days == null) {
      throw words.unexpected();
    }
    return days == null ? null : weekdays(days);
  }

  /** Monday, where it names no other. */
  private static Days weekly(Words words) {
    boolean on = words.take("on");
    SortedSet<Integer> days = names(words);
    if (on && days == null) {
      throw words.unexpected();
    }
    return weekdays(days == null ? new TreeSet<>(List.of(1)) : days);
  }

  private static Days every(Words words) {
    if (words.takeOneOf("day", "night", "morning", "evening")) {
      return ALL;
    }
    SortedSet<Integer> days = kinds(words);
    if (days != null) {
      return weekdays(days);
    }
    if (words.take("week")) {
      return weekly(words);
    }
    if (words.take("month")) {
      return words.take("on") ? ofMonth(words) : new Days("1", "?");
    }
    if (words.peek().matches("\\d+|other|second|third")) {
      throw new ScheduleProblem(
          "a schedule counts hours and minutes, not days, weeks or months: write their names, such as \"every monday and thursday at 3:00\" or \"on the 1st of january and july at 3:00\"");
    }
    throw words.unexpected();
  }

  private static Days weekdays(SortedSet<Integer> days) {
    String quartz = CronField.WEEKDAY.quartz(days);
    return quartz.equals("?") ? ALL : new Days("?", quartz);
  }

  private static SortedSet<Integer> kinds(Words words) {
    if (words.takeOneOf("weekday", "weekdays")) {
      return WORKDAYS;
    }
    return words.takeOneOf("weekend", "weekends") ? WEEKEND : names(words);
  }

  /** Null: no name of a day. */
  private static SortedSet<Integer> names(Words words) {
    SortedSet<Integer> days = new TreeSet<>();
    words.list(() -> range(words)).forEach(days::addAll);
    return days.isEmpty() ? null : days;
  }

  private static List<Integer> range(Words words) {
    Integer first = weekday(words);
    if (first == null) {
      return null;
    }
    Integer last = words.attempt(() -> words.takeOneOf("to", "-") ? weekday(words) : null);
    int days = last == null ? 1 : (last - first + 7) % 7 + 1;
    return Stream.iterate(first, day -> (day + 1) % 7).limit(days).toList();
  }

  /** Sunday is 0. Whole, with s at the end, or its first three letters; null: none. */
  private static Integer weekday(Words words) {
    String word = words.peek();
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      if (List.of(name, name + "s", name.substring(0, 3)).contains(word)) {
        words.take(word);
        return day.getValue() % 7;
      }
    }
    return null;
  }

  private static Days ofMonth(Words words) {
    List<Days> days = words.list(() -> words.attempt(() -> dayOfMonth(words)));
    if (days.isEmpty()) {
      throw words.atEnd()
          ? words.unexpected()
          : new ScheduleProblem(
              "'%s' is no day of a month: write \"the 1st\", \"the last day\" or \"the first friday\""
                  .formatted(words.peek()));
    }
    if (days.size() > 1 && days.stream().anyMatch(day -> !day.ofWeek.equals("?"))) {
      throw new ScheduleProblem(
          "of days such as \"the last friday\" a schedule has one, and no other beside it");
    }
    return days.size() == 1
        ? days.get(0)
        : new Days(String.join(",", days.stream().map(Days::ofMonth).distinct().toList()), "?");
  }

  private static Days dayOfMonth(Words words) {
    words.take("the");
    if (words.take("last")) {
      if (words.takeOneOf("day")) {
        return new Days("L", "?");
      }
      if (words.takeOneOf("weekday")) {
        return new Days("LW", "?");
      }
      Integer week = weekday(words);
      return week == null ? null : new Days("?", name(week) + "L");
    }
    if (words.take("weekday", "nearest")) {
      words.take("to");
      words.take("the");
      Days nearest = counted(words);
      return nearest == null || !nearest.ofWeek.equals("?")
          ? null
          : new Days(nearest.ofMonth + "W", "?");
    }
    return counted(words);
  }

  /** "1st", "1st day", "first friday", "day before the last", "3rd day before the last". */
  private static Days counted(Words words) {
    if (words.take("day", "before", "the", "last")) {
      words.take("day");
      return new Days("L-1", "?");
    }
    int number = ordinal(words);
    if (number == 0) {
      return null;
    }
    if (words.take("day", "before", "the", "last")) {
      words.take("day");
      if (number > SURE) {
        throw new ScheduleProblem(
            "not every month has a day so long before its last: write 1 to " + SURE);
      }
      return new Days("L-" + number, "?");
    }
    Integer week = weekday(words);
    if (week == null) {
      words.take("day");
      if (number > 31) {
        throw new ScheduleProblem("no month has a day " + number + ": write 1st to 31st");
      }
      return new Days(String.valueOf(number), "?");
    }
    if (number > 5) {
      throw new ScheduleProblem(
          "no month has a %s so often: write 1st to 5th".formatted(name(week)));
    }
    return new Days("?", name(week) + "#" + number);
  }

  /** 0: none. */
  private static int ordinal(Words words) {
    String word = words.peek();
    int number =
        word.matches("\\d{1,3}(st|nd|rd|th)")
            ? Integer.parseInt(word.replaceAll("\\D", ""))
            : ORDINALS.indexOf(word) + 1;
    if (number > 0) {
      words.take(word);
    }
    return number;
  }

  private static String name(int weekday) {
    return DayOfWeek.of(weekday == 0 ? 7 : weekday).name().substring(0, 3);
  }

  /** Null: no name of a month, whole or of three letters. */
  static Integer month(Words words) {
    String word = words.peek();
    for (Month month : Month.values()) {
      String name = month.name().toLowerCase(Locale.ROOT);
      if (List.of(name, name.substring(0, 3)).contains(word)) {
        words.take(word);
        return month.getValue();
      }
    }
    return null;
  }
}
