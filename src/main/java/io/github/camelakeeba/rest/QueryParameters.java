package io.github.camelakeeba.rest;

import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;

/** Reads query parameters as Camel has them: text, a list where one is given twice, or null. */
public final class QueryParameters {
  private QueryParameters() {}

  /** The parameter, or null where it is absent or empty. */
  public static String singleValue(String name, Object value) {
    if (value != null && !(value instanceof String)) {
      throw invalid("the parameter '%s' is given once".formatted(name));
    }
    return "".equals(value) ? null : (String) value;
  }

  public static int limit(Object value, int byDefault) {
    String text = singleValue("limit", value);
    if (text == null) {
      return byDefault;
    }
    int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > 1_000) {
      throw invalid("the parameter 'limit' is a whole number from 1 to 1000");
    }
    return number;
  }

  /** The values of a list: with commas between, or given several times. */
  static List<String> list(Object value) {
    List<?> given =
        value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
    return given.stream()
        .flatMap(text -> Arrays.stream(String.valueOf(text).split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The day, or this one where the parameter is absent. */
  static LocalDate day(String name, Object value, LocalDate byDefault) {
    String text = singleValue(name, value);
    try {
      return text == null ? byDefault : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid("the parameter '%s' is a day such as 2026-11-29".formatted(name));
    }
  }

  /** Absent is false. */
  static boolean flag(String name, Object value) {
    String text = singleValue(name, value);
    if (text != null && !text.matches("true|false")) {
      throw invalid("the parameter '%s' is true or false".formatted(name));
    }
    return "true".equals(text);
  }

  public static RunRefusedException invalid(String sentence) {
    return new RunRefusedException(Reason.BAD_REQUEST, sentence);
  }
}
