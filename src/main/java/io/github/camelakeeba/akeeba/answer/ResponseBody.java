package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.charset.StandardCharsets;

/**
 * What a body holds once the noise around it is gone.
 *
 * @param text the body as text without its byte order mark; "" when it is too long to be read
 * @param value the envelope; or, for {@link State#OTHER_JSON}, that JSON
 * @param envelope what that value says; null for any other state
 */
public record ResponseBody(State state, String text, JsonNode value, Envelope envelope) {
  ResponseBody(State state, String text) {
    this(state, text, null, null);
  }

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

  /** Of any answer but a file; pages of some hundred records have 1 KiB each. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int MAX_HINT_LENGTH = 160;

  /** What it says of itself where it is no answer; "" when that is nothing. */
  String hint() {
    return value == null
        ? UntrustedText.ofPage(text, MAX_HINT_LENGTH)
        : UntrustedText.withoutMarkup(StringListReader.errorMessage(value), MAX_HINT_LENGTH);
  }

  /** Reads the body as it is; only when that is no JSON, searches for the one envelope within. */
  public static ResponseBody of(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return new ResponseBody(State.TRUNCATED, "");
    }
    String text = withoutByteOrderMarks(new String(bytes, StandardCharsets.UTF_8));
    if (text.isBlank()) {
      return new ResponseBody(State.EMPTY, text);
    }
    try {
      JsonNode value = StrictJson.parse(text);
      Envelope envelope = Envelope.of(value);
      return new ResponseBody(
          envelope == null ? State.OTHER_JSON : State.ENVELOPE, text, value, envelope);
    } catch (JacksonException e) {
      return new EnvelopeExtractor(text).extract();
    }
  }

  private static String withoutByteOrderMarks(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == '\uFEFF') {
      start++;
    }
    return text.substring(start);
  }
}
