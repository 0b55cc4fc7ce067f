package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * What a body holds once the noise around it is gone (protocol page, section 7).
 *
 * @param state what was found
 * @param text the body as text without its byte order mark; "" when it is too long to be read
 * @param value the envelope; or, for {@link State#OTHER_JSON}, what stands there in its place
 * @param envelope the envelope as it was written; null for any other state
 */
public record ResponseBody(State state, String text, JsonNode value, String envelope) {
  public enum State {
    /** The one object with both {@code status} and {@code data}. */
    ENVELOPE,
    /** Valid JSON of another kind. */
    OTHER_JSON,
    /** Nothing but white space. */
    EMPTY,
    /** An object that does not end, or one larger or deeper than any answer. */
    TRUNCATED,
    /** More than one envelope, or pieces of another: nobody knows which one is the answer. */
    AMBIGUOUS,
    /** Text without an envelope. */
    TEXT
  }

  /** Bytes; a list of all records of a busy site has some hundred thousand. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Reads the body as it is; only when that is no JSON, looks for the one envelope within. */
  public static ResponseBody of(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new ResponseBody(State.TRUNCATED, "", null, null);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int start = 0;
    while (start < text.length() && text.charAt(start) == '\uFEFF') {
      start++;
    }
    text = text.substring(start);
    if (text.isBlank()) {
      return new ResponseBody(State.EMPTY, text, null, null);
    }
    try {
      JsonNode value = StrictJson.parse(text);
      return Envelope.of(value) == null
          ? new ResponseBody(State.OTHER_JSON, text, value, null)
          : new ResponseBody(State.ENVELOPE, text, value, text);
    } catch (JacksonException e) {
      return new EnvelopeExtractor(text).extract();
    }
  }
}
