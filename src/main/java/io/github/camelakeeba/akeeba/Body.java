package io.github.camelakeeba.akeeba;

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
record Body(State state, String text, JsonNode value, String envelope) {
  enum State {
    /** The one object with both {@code status} and {@code data}. */
    ENVELOPE,
    /** Valid JSON of another kind. */
    OTHER_JSON,
    /** Nothing but white space. */
    EMPTY,
    /** An object that does not end, or one larger or deeper than any answer. */
    CUT,
    /** More than one envelope, or pieces of another: nobody knows which one is the answer. */
    AMBIGUOUS,
    /** Text without an envelope. */
    TEXT
  }

  /** Bytes; a list of all records of a busy site has some hundred thousand. */
  static final int LONGEST = 16 * 1024 * 1024;

  /** Reads the body as it is; only when that is no JSON, looks for the one envelope within. */
  static Body of(byte[] bytes) {
    if (bytes.length > LONGEST) {
      return new Body(State.CUT, "", null, null);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int start = 0;
    while (start < text.length() && text.charAt(start) == '\uFEFF') {
      start++;
    }
    text = text.substring(start);
    if (text.isBlank()) {
      return new Body(State.EMPTY, text, null, null);
    }
    try {
      JsonNode value = Json.whole(text);
      return Envelope.of(value) == null
          ? new Body(State.OTHER_JSON, text, value, null)
          : new Body(State.ENVELOPE, text, value, text);
    } catch (JacksonException e) {
      return new NoisyText(text).search();
    }
  }
}
