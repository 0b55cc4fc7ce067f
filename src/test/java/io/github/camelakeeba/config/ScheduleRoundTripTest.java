package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random schedules: each fires when a calendar of the test's own says, minute by minute, and what
 * the product prints of it is read again as one that fires at the same times.
 */
class ScheduleRoundTripTest {
  private static final LocalDateTime FROM = LocalDateTime.of(2027, 1, 30, 0, 0);
  private static final int DAYS = 62; // two ends of months and a February
  private static final int SCHEDULES = 300;
  private static final int COMPARED = 2_000; // fires; one each hour has fewer in all these days

  private final Random random = new Random(18);

  /** A text, and when it is due. */
  private record Written(String text, Predicate<LocalDateTime> due) {}

  private static List<LocalDateTime> fires(String cron) {
    FireTimes fires = new FireTimes(cron, ZoneOffset.UTC);
    Instant end = FROM.plusDays(DAYS).toInstant(ZoneOffset.UTC);
    List<LocalDateTime> times = new ArrayList<>();
    Instant fire = fires.after(FROM.toInstant(ZoneOffset.UTC).minusNanos(1));
    while (fire != null && fire.isBefore(end) && times.size() < COMPARED) {
      times.add(LocalDateTime.ofInstant(fire, ZoneOffset.UTC));
      fire = fires.after(fire);
    }
    return times;
  }

  private static List<LocalDateTime> due(Predicate<LocalDateTime> schedule) {
    return Stream.iterate(FROM, time -> time.plusMinutes(1))
        .limit(Duration.ofDays(DAYS).toMinutes())
        .filter(schedule)
        .limit(COMPARED)
        .toList();
  }

  private void check(Written written) {
    String cron = CronExpressions.validated(written.text());
    List<LocalDateTime> fires = fires(cron);
    assertThat(fires).as("%s: %s", written.text(), cron).isEqualTo(due(written.due()));
    String words = ScheduleInWords.of(cron);
    String again = CronExpressions.validated(words);
    assertThat(fires(again)).as("%s: %s: %s", written.text(), words, again).isEqualTo(fires);
  }

  @Test
  void five_fields_fire_when_cron_fires_and_are_read_again_from_their_words() {
    for (int i = 0; i < SCHEDULES; i++) {
      check(fiveFields());
    }
  }

  @Test
  void words_fire_when_they_say_and_are_read_again_from_their_words() {
    for (int i = 0; i < SCHEDULES; i++) {
      check(words());
    }
  }

  private <T> T oneOf(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }

  /** A field, and what it matches. */
  private record Field(String text, IntPredicate matches) {}

  private Field field(int first, int last, List<String> names) {
    List<Field> items =
        IntStream.rangeClosed(0, random.nextInt(2))
            .mapToObj(i -> item(first, last, names))
            .toList();
    return new Field(
        items.stream().map(Field::text).collect(Collectors.joining(",")),
        number -> items.stream().anyMatch(item -> item.matches().test(number)));
  }

  private Field item(int first, int last, List<String> names) {
    int from = first + random.nextInt(last - first + 1);
    int to = from + random.nextInt(last - from + 1);
    int step = 2 + random.nextInt(Math.max(1, (last - first) / 2 - 1));
    String name = names.isEmpty() ? String.valueOf(from) : names.get(from - first);
    return switch (random.nextInt(4)) {
      case 0 -> new Field(name, number -> number == from);
      case 1 -> new Field(from + "-" + to, number -> number >= from && number <= to);
      case 2 ->
          new Field(
              "%s-%s/%s".formatted(from, to, step),
              number -> number >= from && number <= to && (number - from) % step == 0);
      default -> new Field("*/" + step, number -> (number - first) % step == 0);
    };
  }

  private Written fiveFields() {
    Field any = new Field("*", number -> true);
    Field minute = field(0, 59, List.of());
    Field hour = random.nextBoolean() ? any : field(0, 23, List.of());
    Field month =
        random.nextInt(3) > 0
            ? any
            : field(
                1, 12, Stream.of(Month.values()).map(one -> one.name().substring(0, 3)).toList());
    boolean byWeek = random.nextBoolean();
    Field day = byWeek || random.nextInt(3) == 0 ? any : field(1, 31, List.of());
    Field week =
        byWeek ? field(0, 6, List.of("sun", "Mon", "TUE", "wed", "thu", "fri", "sat")) : any;
    return new Written(
        String.join(" ", minute.text(), hour.text(), day.text(), month.text(), week.text()),
        time ->
            minute.matches().test(time.getMinute())
                && hour.matches().test(time.getHour())
                && day.matches().test(time.getDayOfMonth())
                && month.matches().test(time.getMonthValue())
                && week.matches().test(time.getDayOfWeek().getValue() % 7));
  }

  private Written words() {
    Written times = times();
    Written days = days();
    Written months = months();
    return new Written(
        (random.nextBoolean() ? times.text() + " " + days.text() : days.text() + " " + times.text())
            + months.text(),
        times.due().and(days.due()).and(months.due()));
  }

  private Written times() {
    int minute = random.nextInt(60);
    int hour = random.nextInt(24);
    int gap = oneOf(List.of(2, 3, 4, 6, 8, 12));
    int minutes = oneOf(List.of(5, 10, 12, 15, 20, 30));
    int end = hour + random.nextInt(24 - hour);
    return switch (random.nextInt(6)) {
      case 0 ->
          new Written(
              "at %d:%02d".formatted(hour, minute),
              time -> time.getHour() == hour && time.getMinute() == minute);
      case 1 -> {
        TreeSet<Integer> hours =
            new TreeSet<>(List.of(hour, random.nextInt(24), random.nextInt(24)));
        yield new Written(
            hours.stream()
                .map(
                    one ->
                        "%d:%02d %s".formatted((one + 11) % 12 + 1, minute, one < 12 ? "am" : "pm"))
                .collect(Collectors.joining(oneOf(List.of(", ", " and ")), "at ", "")),
            time -> hours.contains(time.getHour()) && time.getMinute() == minute);
      }
      case 2 ->
          new Written(
              "every %d hours at :%02d".formatted(gap, minute),
              time -> time.getHour() % gap == 0 && time.getMinute() == minute);
      case 3 ->
          new Written(
              "every %d hours from %02d:%02d".formatted(gap, hour % gap, minute),
              time -> time.getHour() % gap == hour % gap && time.getMinute() == minute);
      case 4 ->
          new Written(
              "every %d minutes from %02d:00 to %02d:%02d"
                  .formatted(minutes, hour, end, 60 - minutes),
              time ->
                  time.getHour() >= hour
                      && time.getHour() <= end
                      && time.getMinute() % minutes == 0);
      default -> new Written("every hour", time -> time.getMinute() == 0);
    };
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private Written days() {
    DayOfWeek day = oneOf(List.of(DayOfWeek.values()));
    DayOfWeek other = day.plus(1 + random.nextInt(6));
    int number = 1 + random.nextInt(28);
    int nth = 1 + random.nextInt(4);
    return switch (random.nextInt(9)) {
      case 0 -> new Written(oneOf(List.of("daily", "every day", "every night")), time -> true);
      case 1 -> new Written("every " + name(day), time -> time.getDayOfWeek() == day);
      case 2 ->
          new Written(
              "on %ss and %ss".formatted(name(day), name(other)),
              time -> time.getDayOfWeek() == day || time.getDayOfWeek() == other);
      case 3 ->
          new Written(
              "from %s to %s".formatted(name(day), name(other)),
              time ->
                  Math.floorMod(time.getDayOfWeek().getValue() - day.getValue(), 7)
                      <= Math.floorMod(other.getValue() - day.getValue(), 7));
      case 4 -> new Written("weekdays", time -> time.getDayOfWeek().getValue() < 6);
      case 5 ->
          new Written(
              "on the %sth, the 1st and the last day".formatted(number),
              time -> List.of(number, 1, last(time.toLocalDate())).contains(time.getDayOfMonth()));
      case 6 ->
          new Written(
              "on the last " + name(day),
              time ->
                  time.getDayOfWeek() == day
                      && time.getDayOfMonth() > last(time.toLocalDate()) - 7);
      case 7 ->
          new Written(
              "on the %s %s"
                  .formatted(List.of("first", "second", "3rd", "4th").get(nth - 1), name(day)),
              time -> time.getDayOfWeek() == day && (time.getDayOfMonth() - 1) / 7 + 1 == nth);
      default ->
          new Written(
              "on the 3rd day before the last",
              time -> time.getDayOfMonth() == last(time.toLocalDate()) - 3);
    };
  }

  private static int last(LocalDate day) {
    return day.lengthOfMonth();
  }

  private Written months() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new Written(
              " in February, March and december",
              time -> List.of(2, 3, 12).contains(time.getMonthValue()));
      case 1 -> new Written(" of every month", time -> true);
      default -> new Written("", time -> true);
    };
  }
}
