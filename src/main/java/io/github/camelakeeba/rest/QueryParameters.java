package io.github.camelakeeba.rest;

import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;

/** Reads query parameters as Camel has them: text, a list where one is given twice, or null. */
final class QueryParameters {
  private QueryParameters() {}

  /** The parameter, or null where it is absent or empty. */
  static String singleValue(String name, Object value) {
    if (value != null && !(value instanceof String)) {
      throw invalid("the parameter '%s' is given once".formatted(name));
    }
    return "".equals(value) ? null : (String) value;
  }

  static int limit(Object value, int byDefault) {
    String text = singleValue("limit", value);
    int number = text == null ? byDefault : text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > 1_000) {
      throw invalid("the parameter 'limit' is a whole number from 1 to 1000");
    }
    return number;
  }

  /** Absent is false. */
  static boolean flag(String name, Object value) {
    String text = singleValue(name, value);
    if (text != null && !text.matches("true|false")) {
      throw invalid("the parameter '%s' is true or false".formatted(name));
    }
    return "true".equals(text);
  }

  static RunRefusedException invalid(String sentence) {
    return new RunRefusedException(Reason.BAD_REQUEST, sentence);
  }
}
