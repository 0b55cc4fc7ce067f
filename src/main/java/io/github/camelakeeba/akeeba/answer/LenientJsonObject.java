package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.secret.UntrustedText;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * The members of one object of an answer, each in any of the JSON types that servers give it:
 * numbers come as strings, booleans as numbers, dates as zeros. The only place that knows.
 */
record LenientJsonObject(JsonNode object) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");
  private static final Pattern LINE_END = Pattern.compile("\\p{Cc}+");
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  boolean has(String name) {
    return object.has(name);
  }

  JsonNode get(String name) {
    return object.path(name);
  }

  /** A string or a number as text; "" for anything else. */
  String text(String name) {
    JsonNode value = get(name);
    return value.isTextual() || value.isNumber() ? value.asText() : "";
  }

  /** As {@link #text}, on one line of at most so many characters. */
  String line(String name, int maxLength) {
    return UntrustedText.truncate(LINE_END.matcher(text(name)).replaceAll(" "), maxLength);
  }

  /** A whole number, also as a string; null for anything else and for what no long can hold. */
  Long wholeNumber(String name) {
    JsonNode value = get(name);
    if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
      return value.longValue();
    }
    String text = value.isTextual() ? value.asText().strip() : "";
    if (!NUMBER.matcher(text).matches() || text.contains(".")) {
      return null;
    }
    BigInteger number = new BigInteger(text);
    return number.abs().compareTo(MAX_LONG) > 0 ? null : number.longValue();
  }

  /** A whole number from 0 on; 0 for anything else. */
  long count(String name) {
    Long number = wholeNumber(name);
    return number == null ? 0 : Math.max(0, number);
  }

  /** As {@link #count}, for what fits an int; {@link Integer#MAX_VALUE} for more. */
  int intCount(String name) {
    return (int) Math.min(Integer.MAX_VALUE, count(name));
  }

  /** A number, rounded down and brought into 0 to this limit; 0 for anything else. */
  long clamped(String name, long limit) {
    JsonNode value = get(name);
    String text = value.isTextual() ? value.asText().strip() : "";
    double number = 0;
    if (value.isNumber()) {
      number = value.doubleValue();
    } else if (NUMBER.matcher(text).matches()) {
      number = Double.parseDouble(text);
    }
    // a cast makes 0 of what is not a number
    return (long) Math.max(0, Math.min(limit, number));
  }

  /** {@code true}, 1, "1", "true" and their opposites; null for anything else. */
  Boolean bool(String name) {
    JsonNode value = get(name);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (!value.isIntegralNumber() && !value.isTextual()) {
      return null;
    }
    return switch (value.asText()) {
      case "1", "true" -> Boolean.TRUE;
      case "0", "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  /** {@code YYYY-MM-DD HH:MM:SS} in UTC; null for zeros and anything else. */
  Instant date(String name) {
    String text = text(name).strip().replace(' ', 'T').replaceFirst("Z$", "");
    try {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
