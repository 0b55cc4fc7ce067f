package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.akeeba.answer.ResponseBody.State;

/**
 * A body that is not JSON as it is: PHP notices before, a cache plugin's comment after, {@code ###}
 * around the answer. The noise may hold braces, and even objects of its own.
 */
final class EnvelopeExtractor {
  private static final int MAX_ATTEMPTS = 10_000; // more beginnings of objects: none of ours
  // a word or number that the end of the body cuts off is noticed a few characters before it
  private static final int NEAR_END = 8;

  private final String text;
  private final StringBuilder noise = new StringBuilder();
  private JsonNode value;
  private Envelope envelope;

  EnvelopeExtractor(String text) {
    this.text = text;
  }

  /** Searches for the one object that has both {@code status} and {@code data}. */
  ResponseBody extract() {
    int attempts = 0;
    int done = 0;
    for (int at = brace(0); at >= 0; at = brace(Math.max(done, at + 1))) {
      if (++attempts > MAX_ATTEMPTS) {
        return new ResponseBody(State.TRUNCATED, text);
      }
      try {
        StrictJson.ParsedValue found = StrictJson.parseAt(text, at);
        Envelope read = Envelope.of(found.value());
        if (read != null) {
          if (envelope != null) {
            return new ResponseBody(State.AMBIGUOUS, text);
          }
          value = found.value();
          envelope = read;
        }
        // what an intact object holds inside is not searched
        noise.append(text, done, at);
        done = found.end();
      } catch (JacksonException e) {
        // half a body is not an answer, whatever complete objects it may hold
        if (reachesTheEnd(e, text.length() - at)) {
          return new ResponseBody(State.TRUNCATED, text);
        }
      }
    }
    noise.append(text, done, text.length());
    if (envelope == null) {
      return new ResponseBody(State.TEXT, text);
    }
    // pieces of another answer around this one: it may be a part of a damaged one
    boolean pieces = noise.indexOf("\"status\"") >= 0 && noise.indexOf("\"data\"") >= 0;
    return pieces
        ? new ResponseBody(State.AMBIGUOUS, text)
        : new ResponseBody(State.ENVELOPE, text, value, envelope);
  }

  private int brace(int from) {
    for (int at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
      int next = at + 1;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      if (next == text.length() || text.charAt(next) == '"') {
        return at;
      }
    }
    return -1;
  }

  private static boolean reachesTheEnd(JacksonException fault, int length) {
    JsonLocation where = fault.getLocation();
    return fault instanceof JsonEOFException
        || fault instanceof StreamConstraintsException
        || (where != null && where.getCharOffset() >= length - NEAR_END);
  }
}
