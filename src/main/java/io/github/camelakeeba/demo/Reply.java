package io.github.camelakeeba.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * What goes back over HTTP, and how the connection ends.
 *
 * @param status the HTTP status, 100 to 599
 * @param reason the reason phrase; null: the usual one
 * @param contentType null: no such header
 * @param headers further headers
 * @param body empty when there is none
 * @param chunked true: chunked as PHP's answers come, false: with Content-Length
 * @param ending what becomes of the connection
 * @param delay so long the answer is kept back
 * @param held the answer is kept back until this opens; null: it is not
 * @param bulk the body where it is too large to be held; null: it is {@code body}
 */
record Reply(
    int status,
    String reason,
    String contentType,
    Map<String, String> headers,
    byte[] body,
    boolean chunked,
    Ending ending,
    Duration delay,
    CountDownLatch held,
    Bulk bulk) {

  /** What becomes of the answer and of its connection. */
  enum Ending {
    /** The whole answer; the connection stays when the client wants so. */
    WHOLE,
    /** The whole answer, a byte at a time. */
    TRICKLED,
    /** Content-Length promises more than comes; the connection is closed. */
    SHORT_BODY,
    /** Chunks without the last one; the connection is closed. */
    SHORT_CHUNKS,
    /** No answer, the connection is closed in good order. */
    CLOSED,
    /** No answer, the connection is reset. */
    RESET
  }

  static Reply of(int status, String contentType, byte[] body) {
    return new Reply(
        status, null, contentType, Map.of(), body, true, Ending.WHOLE, Duration.ZERO, null, null);
  }

  static Reply of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply html(int status, String body) {
    return of(status, "text/html; charset=UTF-8", body);
  }

  static Reply empty(int status) {
    return html(status, "");
  }

  Reply reason(String text) {
    return new Reply(status, text, contentType, headers, body, chunked, ending, delay, held, bulk);
  }

  Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return headers(more);
  }

  Reply headers(Map<String, String> all) {
    return new Reply(status, reason, contentType, all, body, chunked, ending, delay, held, bulk);
  }

  Reply body(byte[] bytes) {
    return new Reply(
        status, reason, contentType, headers, bytes, chunked, ending, delay, held, bulk);
  }

  /** Bytes of the body. */
  long length() {
    return bulk == null ? body.length : bulk.length();
  }

  Reply bulk(Bulk large) {
    return new Reply(status, reason, contentType, headers, body, false, ending, delay, held, large);
  }

  Reply withLength() {
    return new Reply(status, reason, contentType, headers, body, false, ending, delay, held, bulk);
  }

  Reply ending(Ending how) {
    return new Reply(status, reason, contentType, headers, body, chunked, how, delay, held, bulk);
  }

  Reply delayed(Duration time) {
    return new Reply(status, reason, contentType, headers, body, chunked, ending, time, held, bulk);
  }

  Reply heldUntil(CountDownLatch release) {
    return new Reply(
        status, reason, contentType, headers, body, chunked, ending, delay, release, bulk);
  }
}
