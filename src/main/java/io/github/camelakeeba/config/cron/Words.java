package io.github.camelakeeba.config.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a text in lower case, read one by one. A time of day and an ordinal are words. */
final class Words {
  private static final Pattern WORD =
      Pattern.compile(
          "\\d{1,2}(?::\\d{2}){0,2} ?[ap]\\.?m\\b\\.?|\\d*(?::\\d+)+|\\d+(?:st|nd|rd|th)\\b|\\d+|\\p{L}+|\\S");

  /** How names of zones begin. */
  private static final Pattern ZONE =
      Pattern.compile("utc|gmt|ces?t|e[sd]t|p[sd]t|europe|america|asia|africa|australia");

  private final List<String> words;
  private int next;

  Words(List<String> words) {
    this.words = words;
  }

  static List<String> of(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  boolean atEnd() {
    return next == words.size();
  }

  /** The next one, "" at the end. */
  String peek() {
    return atEnd() ? "" : words.get(next);
  }

  /** Goes on if the next ones are these. */
  boolean take(String... expected) {
    int end = next + expected.length;
    if (end > words.size() || !words.subList(next, end).equals(List.of(expected))) {
      return false;
    }
    next = end;
    return true;
  }

  boolean takeOneOf(String... expected) {
    return List.of(expected).contains(peek()) && take(peek());
  }

  /** One by one, with commas or "and" between; a comma that no item follows is left. */
  <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    int end = next;
    for (T one = item.get(); one != null; one = item.get()) {
      items.add(one);
      end = next;
      if (!takeOneOf(",", "and", "&")) {
        break;
      }
      take("and");
    }
    next = end;
    return items;
  }

  /** The item, or null and as before if it is none. */
  <T> T attempt(Supplier<T> item) {
    int before = next;
    T read = item.get();
    if (read == null) {
      next = before;
    }
    return read;
  }

  ScheduleProblem unexpected() {
    if (ZONE.matcher(peek()).matches()) {
      return new ScheduleProblem("its zone is a key of its own: write \"zone: Europe/Athens\"");
    }
    return new ScheduleProblem(
        atEnd()
            ? "something is missing at its end"
            : "'%s' is not expected there".formatted(peek()));
  }
}
