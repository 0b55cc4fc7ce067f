package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The object around every answer of the API.
 *
 * @param status the JSON status as text, such as {@code 200}, {@code 0} or {@code 42S02}; "" when
 *     it is neither a number nor a string
 * @param data the result, or the error's text
 */
public record Envelope(String status, JsonNode data) {
  /** The envelope that this value is, or null: it must be an object with both members. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Envelope of(JsonNode value) {
    if (!value.isObject() || !value.has("status") || !value.has("data")) {
      return null;
    }
    JsonNode status = value.get("status");
    boolean readable = status.isIntegralNumber() || status.isTextual();
    return new Envelope(readable ? status.asText().strip() : "", value.get("data"));
  }

  public boolean success() {
    return "200".equals(status);
  }
}
