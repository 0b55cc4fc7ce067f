package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of a value that should be a list of strings, or one string, and need not be. A {@code
 * debug} member holds server paths and arguments, and is always left out.
 */
final class StringListReader {
  private static final String NO_TEXT = "(without a text)";

  /** Where Joomla, WordPress, firewalls and gateways write why they refuse. */
  private static final List<String> MESSAGE_MEMBERS =
      List.of("title", "message", "error", "error_description", "detail", "reason", "data");

  private StringListReader() {}

  /** One text an entry; none for null, false, "", an empty list or object. */
  static List<String> list(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> add(joined(element), texts));
    } else if (value.isObject()) {
      value.properties().stream()
          .filter(member -> !"debug".equals(member.getKey()))
          .forEach(member -> add(joined(member.getValue()), texts));
    } else {
      add(joined(value), texts);
    }
    return List.copyOf(texts);
  }

  /** All in one text; "" when the value is empty in every sense. */
  static String joined(JsonNode value) {
    if (value.isContainerNode()) {
      String text = String.join("; ", list(value));
      return text.isEmpty() && !value.isEmpty() ? NO_TEXT : text;
    }
    boolean no = value.isBoolean() && !value.booleanValue();
    if (no || value.isMissingNode() || value.isNull() || value.asText().isEmpty()) {
      return "";
    }
    String line = UntrustedText.withoutMarkup(value.asText(), 1000);
    return line.isEmpty() ? NO_TEXT : line;
  }

  /** What JSON of another kind says of why it refuses; "" when it does not say it. */
  static String errorMessage(JsonNode document) {
    JsonNode first = document.path("errors").path(0);
    for (JsonNode place : List.of(first, document, document.path("error"))) {
      for (String member : MESSAGE_MEMBERS) {
        if (place.path(member).isTextual() && !place.path(member).textValue().isBlank()) {
          return place.path(member).textValue();
        }
      }
    }
    return document.isTextual() ? document.textValue() : "";
  }

  private static void add(String text, List<String> texts) {
    if (!text.isEmpty()) {
      texts.add(text);
    }
  }
}
