package io.github.camelakeeba.simulator.http;

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
public record HttpReply(
    int status,
    String reason,
    String contentType,
    Map<String, String> headers,
    byte[] body,
    boolean chunked,
    Ending ending,
    Duration delay,
    CountDownLatch held,
    StreamedBody bulk) {

  /** What becomes of the answer and of its connection. */
  public enum Ending {
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

  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(
        status, null, contentType, Map.of(), body, true, Ending.WHOLE, Duration.ZERO, null, null);
  }

  public static HttpReply of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply html(int status, String body) {
    return of(status, "text/html; charset=UTF-8", body);
  }

  public static HttpReply empty(int status) {
    return html(status, "");
  }

  public HttpReply reason(String text) {
    return new HttpReply(
        status, text, contentType, headers, body, chunked, ending, delay, held, bulk);
  }

  public HttpReply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return headers(more);
  }

  public HttpReply headers(Map<String, String> all) {
    return new HttpReply(
        status, reason, contentType, all, body, chunked, ending, delay, held, bulk);
  }

  public HttpReply body(byte[] bytes) {
    return new HttpReply(
        status, reason, contentType, headers, bytes, chunked, ending, delay, held, bulk);
  }

  /** Bytes of the body. */
  long length() {
    return bulk == null ? body.length : bulk.length();
  }

  public HttpReply bulk(StreamedBody large) {
    return new HttpReply(
        status, reason, contentType, headers, body, false, ending, delay, held, large);
  }

  public HttpReply withLength() {
    return new HttpReply(
        status, reason, contentType, headers, body, false, ending, delay, held, bulk);
  }

  public HttpReply ending(Ending how) {
    return new HttpReply(
        status, reason, contentType, headers, body, chunked, how, delay, held, bulk);
  }

  public HttpReply delayed(Duration time) {
    return new HttpReply(
        status, reason, contentType, headers, body, chunked, ending, time, held, bulk);
  }

  public HttpReply heldUntil(CountDownLatch release) {
    return new HttpReply(
        status, reason, contentType, headers, body, chunked, ending, delay, release, bulk);
  }
}
