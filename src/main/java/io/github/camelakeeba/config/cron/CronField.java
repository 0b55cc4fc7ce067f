package io.github.camelakeeba.config.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A field of a cron line: read as Unix cron reads it (crontab(5)), written as Quartz reads it. Days
 * of the week are 0 or 7 (Sunday) to 6; Quartz gets their names, since its Sunday is 1.
 */
enum CronField {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
  WEEKDAY("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  private static final Pattern ITEM =
      Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,4}))?");
  private static final int WEEK = 7;

  private final String title;
  private final int first;
  private final int last;
  private final List<String> names;

  CronField(String title, int first, int last, List<String> names) {
    this.title = title;
    this.first = first;
    this.last = last;
    this.names = names;
  }

  /** Whether it says nothing. A {@code *} with a step does: days that are both must match then. */
  boolean isAny(String text) {
    return text.matches("\\*(/1)?") || text.equals("?") && (this == DAY || this == WEEKDAY);
  }

  /** What it names; Sunday is 0. Throws {@link ScheduleProblem}. */
  SortedSet<Integer> parse(String text) {
    if (isAny(text)) {
      return all();
    }
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String item : text.split(",", -1)) {
      numbers.addAll(item(item));
    }
    if (this == WEEKDAY && numbers.remove(WEEK)) {
      numbers.add(0);
    }
    return numbers;
  }

  private SortedSet<Integer> all() {
    return IntStream.rangeClosed(first, end())
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private int end() {
    return this == WEEKDAY ? WEEK - 1 : last;
  }

  private List<Integer> item(String text) {
    Matcher item = ITEM.matcher(text);
    if (!item.matches()) {
      throw problem("'%s' is no %s".formatted(text, title));
    }
    int step = item.group(4) == null ? 1 : Integer.parseInt(item.group(4));
    int from = item.group(1) != null ? first : number(item.group(2));
    int to = item.group(1) != null || item.group(4) != null ? end() : from;
    if (item.group(3) != null) {
      to = number(item.group(3));
      to = this == WEEKDAY && to == 0 && from > 0 ? WEEK : to; // fri-sun
    }
    if (to < from) {
      throw problem("the range '%s' of the %s goes backwards".formatted(text, title));
    }
    if (step < 1 || step > end() - first) {
      throw problem("the step '/%s' is no step of the %s".formatted(item.group(4), title));
    }
    return IntStream.iterate(from, number -> number + step)
        .limit((to - from) / step + 1)
        .boxed()
        .toList();
  }

  private int number(String text) {
    int name = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (name >= 0) {
      return first + name;
    }
    if (!text.matches("\\d{1,2}")
        || Integer.parseInt(text) < first
        || Integer.parseInt(text) > last) {
      throw problem("'%s' is no %s".formatted(text, title));
    }
    return Integer.parseInt(text);
  }

  private ScheduleProblem problem(String what) {
    return new ScheduleProblem(
        "%s: write %s to %s%s, a range 1-5, a step */2, or a list of these with commas"
            .formatted(
                what,
                first,
                last,
                names.isEmpty()
                    ? ""
                    : ", %s to %s".formatted(names.get(0), names.get(names.size() - 1))));
  }

  /** As short as Quartz allows. */
  String quartz(SortedSet<Integer> numbers) {
    if (numbers.equals(all())) {
      return this == WEEKDAY ? "?" : "*";
    }
    return this == WEEKDAY ? weekdays(numbers) : step(List.copyOf(numbers));
  }

  /** From the first to the end in equal steps, or a list. */
  private String step(List<Integer> numbers) {
    if (numbers.size() > 2) {
      int gap = numbers.get(1) - numbers.get(0);
      boolean even =
          IntStream.range(1, numbers.size())
              .allMatch(i -> numbers.get(i) - numbers.get(i - 1) == gap);
      if (even && gap > 1 && numbers.get(numbers.size() - 1) + gap > end()) {
        return numbers.get(0) + "/" + gap;
      }
    }
    return runs(numbers, String::valueOf);
  }

  private String weekdays(SortedSet<Integer> numbers) {
    List<Integer> fromMonday =
        Stream.of(1, 2, 3, 4, 5, 6, 0)
            .filter(numbers::contains)
            .map(day -> (day + 6) % WEEK)
            .toList();
    return runs(fromMonday, day -> names.get((day + 1) % WEEK).toUpperCase(Locale.ROOT));
  }

  /** Three and more in a row as a range. */
  private static String runs(List<Integer> numbers, IntFunction<String> name) {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < numbers.size(); ) {
      int end = i;
      while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
        end++;
      }
      String first = name.apply(numbers.get(i));
      if (end - i < 2) {
        runs.add(first);
        i++;
      } else {
        runs.add(first + "-" + name.apply(numbers.get(end)));
        i = end + 1;
      }
    }
    return String.join(",", runs);
  }
}
